using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CircuitPipeline.Text.Tables;
using CircuitPipeline.Text.Tokenizers;
using Tokenizers.DotNet;

namespace CircuitPipeline.Bench;

/// <summary>
/// The reader of pairs beside its floor in the same run: the bytes and their JSON alone, and the native engine alone on both prompts of
/// every row. Then what of the field's files is usable, and which answers merge.
/// </summary>
internal static class TextReading
{
    private const string Reference = "CIRCUITPIPELINE_REFERENCE";
    private const int Rounds = 7;

    internal static void Run(TextWriter output)
    {
        if (Environment.GetEnvironmentVariable(Reference) is not { Length: > 0 } reference)
        {
            output.WriteLine($"text: not measured, because '{Reference}' names no folder of reference files");
            return;
        }

        string model = Path.Combine(reference, "pythia-tokenizer");
        ITokenizer tokenizer = TokenizerFolder.Find(model)!;
        using IDisposable engine = (IDisposable)tokenizer;
        Speed(output, Path.Combine(reference, "finetune-circuits", "Add_Sub_100_ft.csv"), model, tokenizer);
        foreach (
            string file in ((string[])["eap-ig-tasks", "finetune-circuits"])
                .SelectMany(folder => Directory.GetFiles(Path.Combine(reference, folder), "*.csv"))
                .Order(StringComparer.Ordinal)
        )
        {
            Count(output, file, tokenizer);
        }
    }

    private static void Speed(TextWriter output, string csv, string model, ITokenizer tokenizer)
    {
        UsableRow[] rows = [.. PairsReader.Read(csv, tokenizer).Usable];
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(
                file,
                rows.Select(row =>
                    JsonSerializer.Serialize(
                        new
                        {
                            clean = row.Clean,
                            corrupted = row.Corrupted,
                            label = tokenizer.Decode(row.Pair.Answers).Trim(),
                        }
                    )
                )
            );
            using Tokenizer native = new(Path.Combine(model, "tokenizer.json"));
            List<double> parses = [];
            List<double> encodes = [];
            List<double> reads = [];
            for (int round = 0; round <= Rounds; round++)
            {
                double parse = Measure.Seconds(() => Parse(file));
                double encode = Measure.Seconds(() => Encode(native, rows));
                double read = Measure.Seconds(() => PairsReader.Read(file, tokenizer));
                if (round > 0) // the first one warms up
                {
                    parses.Add(parse);
                    encodes.Add(encode);
                    reads.Add(read);
                }
            }

            (double json, double ids, double all) = (
                Measure.Median(parses),
                Measure.Median(encodes),
                Measure.Median(reads)
            );
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"text: {rows.Length:N0} rows, {new FileInfo(file).Length / 1e6:F2} MB: {rows.Length / all:N0} rows/s; "
                        + $"reader {1e3 * all:F0} ms, bytes and JSON alone {1e3 * json:F0} ms, engine alone on both prompts {1e3 * ids:F0} ms; "
                        + $"reader / (JSON + engine) {all / (json + ids):F2}"
                )
            );
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Parse(string file)
    {
        ReadOnlySpan<byte> bytes = File.ReadAllBytes(file);
        while (bytes.IndexOf((byte)'\n') is >= 0 and int end)
        {
            _ = JsonNode.Parse(bytes[..end])!["clean"]!.GetValue<string>();
            bytes = bytes[(end + 1)..];
        }
    }

    private static void Encode(Tokenizer native, UsableRow[] rows)
    {
        foreach (UsableRow row in rows)
        {
            native.Encode(row.Clean!);
            native.Encode(row.Corrupted!);
        }
    }

    private static void Count(TextWriter output, string file, ITokenizer tokenizer)
    {
        string name = Path.GetFileName(file);
        try
        {
            ImportedPairs pairs = PairsReader.Read(file, tokenizer);
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"text: {name}: {pairs.Rows:N0} rows, {pairs.Usable.Length:N0} usable, answers that merge in {pairs.MergedAnswers:N0}"
                )
            );
        }
        catch (InvalidDataException cause)
        {
            output.WriteLine(
                $"text: {name}: {cause.Message[(cause.Message.IndexOf(name, StringComparison.Ordinal) + name.Length)..]}"
            );
        }
    }
}
