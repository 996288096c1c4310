using System.Text;
using CircuitPipeline.Testing;
using CircuitPipeline.Text.Tables;
using Xunit;

namespace CircuitPipeline.Tests.Prompts.Tables;

/// <summary>Files of pairs that are damaged, or made to take time and memory.</summary>
public sealed class HostilePairs : IDisposable
{
    private const string Csv =
        ",clean,corrupted,answers,corrupted_answers,position\n0,\"one, \"\"two\"\"\n three\",one two three,\"['red', \"\"blue\"\"]\",['x'],1\n1,a b,a c,red,green,0\n";

    private const string JsonLines = """
        {"clean": "a b", "corrupted": "a c", "label": ["x", "y"], "position": 1}
        {"clean": [1, 2], "corrupted": [1, 3], "label": [4, 5]}

        {"prompt": "a", "clean": "a", "corrupted": "b", "metadata": {"subject": "x"}, "label": ["\u00e9", "y"]}
        """;

    private const string Sets = """{"0": ["runs", "is"], "1": ["run", "are"]}""";

    private readonly string _file = Path.GetTempFileName();
    private readonly PieceTokenizer _pieces = new();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData(Csv, 50)]
    [InlineData(JsonLines, 51)]
    public void Damaged_files_are_read_or_refused_in_one_sentence(string text, int seed) => ReadDamaged(text, seed);

    [Fact]
    public void Damaged_sets_are_read_or_refused_in_one_sentence() => ReadDamagedSets(52);

    [Fact]
    [Slow]
    public void Ten_thousand_damaged_files_of_each_form_are_read_or_refused_in_one_sentence()
    {
        for (int round = 0; round < 20; round++)
        {
            ReadDamaged(Csv, 5000 + round);
            ReadDamaged(JsonLines, 6000 + round);
            ReadDamagedSets(8000 + round);
        }
    }

    [Theory]
    [InlineData("clean,corrupted,label\na,\"", "")]
    [InlineData("clean,corrupted,label\na,", ",x\n")]
    [InlineData("{\"clean\": \"", "\", \"corrupted\": \"b\"}\n")]
    public void A_row_of_100_MB_is_refused(string before, string after)
    {
        using (StreamWriter file = new(_file))
        {
            file.Write(before);
            string part = new('x', 1 << 20);
            for (int i = 0; i < 100; i++)
            {
                file.Write(part);
            }
            file.Write(after);
        }

        string message = Refusal();

        Assert.Contains("2097152", message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_million_columns_are_refused(bool isJson)
    {
        IEnumerable<int> columns = Enumerable.Range(0, 1_000_000);
        File.WriteAllText(
            _file,
            isJson
                ? "{" + string.Join(',', columns.Select(column => $"\"{column}\":1")) + "}\n"
                : string.Join(',', columns) + "\n"
        );

        Assert.Matches("at most|more than", Refusal());
    }

    [Fact]
    public void Columns_that_fit_a_line_but_are_too_many_are_refused()
    {
        File.WriteAllText(
            _file,
            "{" + string.Join(',', Enumerable.Range(0, 1001).Select(column => $"\"{column}\":1")) + "}\n"
        );

        Assert.EndsWith("the row has '1001' columns, but at most 1000 are read.", Refusal());
    }

    [Theory]
    [InlineData("clean,corrupted\na,b,c\n", "the row has '3' fields, but the row of names has 2")]
    [InlineData("clean,clean\na,b\n", "two columns have the name 'clean'")]
    [InlineData("", "the file has no row")]
    [InlineData("clean,corrupted\n", "the file has no row")]
    [InlineData("{\"clean\": 1, \"clean\": 2}", "not one JSON object with each key once")]
    [InlineData("{\"clean\": \"\\ud800\", \"corrupted\": \"b\"}", "all of it UTF-8")]
    [InlineData("PAR1 or not", "the Parquet file cannot be read")]
    [InlineData("{}", "the row has no column at all")]
    [InlineData("clean,corrupted\na\0b,c\n", "the file has NUL bytes, as binary files and texts in UTF-16 have")]
    [InlineData("BZh91AY", "the file is compressed (bzip2)")]
    [InlineData("PK\u0003\u0004", "the file is compressed (zip)")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "Git LFS pointer")]
    public void Files_of_no_form_are_refused_with_the_reason(string text, string reason)
    {
        File.WriteAllText(_file, text);

        Assert.Contains(reason, Refusal());
    }

    [Fact]
    public void A_file_that_was_gzipped_or_saved_as_UTF_16_is_refused_as_what_it_is()
    {
        File.WriteAllBytes(_file, [0x1F, 0x8B, 8, 0]);
        Assert.EndsWith(
            "the file is compressed (gzip), but JSONL, CSV or Parquet is expected; unpack it first.",
            Refusal()
        );

        File.WriteAllText(_file, "clean,corrupted\na,b\n", Encoding.Unicode);
        Assert.Contains("texts in UTF-16", Refusal());
    }

    [Fact]
    public void A_file_that_is_not_UTF_8_is_refused()
    {
        File.WriteAllBytes(_file, [.. "clean,corrupted\n"u8, 0xE9, .. ",b\n"u8]);

        Assert.Contains("the file is not UTF-8", Refusal());
    }

    [Fact]
    public void A_file_of_a_gigabyte_is_refused()
    {
        using SparseFile file = new();

        Assert.Contains(
            "1073741824",
            Hostile.Refusal<InvalidDataException>(0, () => PairsReader.Read(file.Path, _pieces))
        );
    }

    private string Refusal() =>
        Hostile.Refusal<InvalidDataException>(new FileInfo(_file).Length, () => PairsReader.Read(_file, _pieces));

    private void ReadDamaged(string text, int seed) =>
        Hostile.Survives(
            Encoding.UTF8.GetBytes(text),
            seed,
            copy =>
            {
                File.WriteAllBytes(_file, copy);
                try
                {
                    ImportedPairs pairs = PairsReader.Read(_file, _pieces);
                    Assert.All(pairs.Unusable, row => Assert.DoesNotContain('\n', row.Reason));
                    return pairs.Usable.IsEmpty;
                }
                catch (InvalidDataException refusal)
                {
                    Assert.Matches(Hostile.Sentence, refusal.Message);
                    return true;
                }
            }
        );

    private void ReadDamagedSets(int seed) =>
        Hostile.Refuses<InvalidDataException>(
            Encoding.UTF8.GetBytes(Sets),
            seed,
            copy =>
            {
                File.WriteAllBytes(_file, copy);
                AnswerSetsFile.Read(_file);
            }
        );
}
