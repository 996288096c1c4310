using System.Collections.Immutable;
using System.Globalization;
using CircuitPipeline.Attribution;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Store;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Runs;
using CircuitPipeline.Study.Spec;
using CircuitPipeline.Text.Tables;
using CircuitPipeline.Text.Tokenizers;

namespace CircuitPipeline.Study.Imports;

/// <summary>Reads one set of pairs from its file, for the study's model.</summary>
/// <param name="spec">The experiment.</param>
/// <param name="model">Its model.</param>
/// <param name="folder">The folder that paths are relative to.</param>
internal sealed class SetReader(ExperimentSpec spec, AskedModel model, string folder)
{
    private const int ReasonsShown = 5;

    /// <summary>Reads a set.</summary>
    /// <exception cref="UnusableSetException">No set follows from the file.</exception>
    internal ReadSet Read(NamedPairsFile named)
    {
        PairsFileSpec file = named.File;
        string path = Path.Combine(folder, file.File);
        ITokenizer? tokenizer = TokenizerOf(file);
        using IDisposable? engine = tokenizer as IDisposable;
        ImportedPairs rows = Rows(path, file, named.Set, tokenizer);
        MustBeWhole(rows, file);
        if (named.Set == PairSets.Train && tokenizer is not null && spec.OpenTraps.Newline is not null)
        {
            rows = WithNewlines(rows, tokenizer);
        }

        SetChecks checks = new(spec, model, file.File);
        checks.MustFit(rows);
        if (named.Set == PairSets.Train)
        {
            checks.MustTrain(rows);
        }

        if (named.Set == EdgeSearch.FileOf(spec, PairSets.First) && spec.Discover.Robustness is { } robustness)
        {
            checks.MustSplit(rows, robustness);
        }

        byte[] content = PairsWriter.Write(rows.Usable);
        ITokenizer? used = rows.Usable.Any(row => row.Clean is not null) ? tokenizer : null;
        return new ReadSet(
            named.Key,
            new ImportedSet(
                named.Set,
                Digest.OfFile(path).ToString(),
                file.AnswerSets is { } sets ? Digest.OfFile(Path.Combine(folder, sets)).ToString() : null,
                OptionsOf(file),
                Digest.OfBytes(content).ToString()
            )
            {
                Content = content,
                Origin = OriginOf(rows, file, used),
            },
            ReportOf(named, rows, used),
            [.. rows.Usable.Select(row => row.Clean ?? Text(row.Pair.Clean, tokenizer))],
            SummaryOf(named, rows),
            [.. WarningsOf(named, rows, tokenizer)]
        );
    }

    /// <summary>Why rows were left out, the most frequent reason first.</summary>
    internal static DroppedRows[] Dropped(ImportedPairs rows) =>
        [.. rows.Reasons.Select(reason => new DroppedRows(reason.First, reason.Count, [.. reason.Lines]))];

    // Accuracy is measured on every set, so that each needs right answers.
    private ImportedPairs Rows(string path, PairsFileSpec file, string set, ITokenizer? tokenizer)
    {
        bool isForCircuits = set is PairSets.First or PairSets.Second or PairSets.MulDiv or PairSets.TwoStep;
        PairsOptions options = new()
        {
            CleanColumn = file.CleanColumn,
            CorruptedColumn = file.CorruptedColumn,
            AnswerColumn = file.AnswerColumn,
            CorruptedAnswerColumn = file.CorruptedAnswerColumn,
            AnswerSets = file.AnswerSets is { } sets ? Reading("answer_sets", sets, AnswerSetsFile.Read) : null,
            Form = file.AnswerForm,
            FirstTokenAnswers = file.Answer == PairsFileSpec.FirstToken,
            Needs =
                isForCircuits && Metrics.Named(spec.Discover.Metric).Needs == NeededAnswers.Both
                    ? NeededAnswers.Both
                    : NeededAnswers.Right,
        };
        return Reading("file", file.File, _ => PairsReader.Read(path, tokenizer, options));
    }

    // What a BOS token stands before is the key 'bos' in a file's group.
    private ITokenizer? TokenizerOf(PairsFileSpec file)
    {
        try
        {
            return model.Tokenizer(file.Bos);
        }
        catch (InvalidDataException cause)
        {
            throw new UnusableSetException("bos", $"cannot be heeded: {OptionNames.InKeys(cause.Message)}");
        }
    }

    private static ImportedPairs WithNewlines(ImportedPairs rows, ITokenizer tokenizer)
    {
        RowsBehindNewline newline = new(tokenizer);
        ImmutableArray<UsableRow> changed = newline.Of(rows.Usable);
        return newline.LeftOut == 0
            ? rows with
            {
                Usable = changed,
            }
            : throw new UnusableSetException(
                "file",
                $"has {newline.LeftOut} rows whose answer is not one token behind a newline; leave them out, or set 'traps.newline' to 'none'."
            );
    }

    // Messages name the file as the experiment does, and options by the experiment's keys.
    private T Reading<T>(string key, string file, Func<string, T> read)
    {
        string path = Path.Combine(folder, file);
        try
        {
            return read(path);
        }
        catch (InvalidDataException cause)
        {
            string message = OptionNames.InKeys(cause.Message.Replace(path, file, StringComparison.Ordinal));
            throw new UnusableSetException(key, $"cannot be used: {message}{NearestFile(path)}");
        }
    }

    private static string NearestFile(string path) =>
        !File.Exists(path)
        && Path.GetDirectoryName(path) is { } inFolder
        && Directory.Exists(inFolder)
        && Spelling.Nearest(Path.GetFileName(path), Directory.GetFiles(inFolder).Select(Path.GetFileName)!) is { } near
            ? $" Did you mean '{MessageText.OneLine(near)}'?"
            : "";

    private static void MustBeWhole(ImportedPairs rows, PairsFileSpec file)
    {
        if (rows.Unusable.IsEmpty || file.DropInvalid && !rows.Usable.IsEmpty)
        {
            return;
        }

        string reasons = string.Join("; ", rows.Reasons.Take(ReasonsShown));
        string more =
            rows.Reasons.Length > ReasonsShown ? $"; and {rows.Reasons.Length - ReasonsShown} more reasons" : "";
        string advice = rows.Usable.IsEmpty
            ? "none is left"
            : $"mend them, or write 'drop_invalid: true' to go on with the other {rows.Usable.Length}";
        throw new UnusableSetException(
            "file",
            $"is '{MessageText.OneLine(file.File)}', of whose {rows.Rows} rows {rows.Unusable.Length} make no pair: {reasons}{more}; {advice}."
        );
    }

    private static ImportOptions OptionsOf(PairsFileSpec file) =>
        new(
            file.CleanColumn,
            file.CorruptedColumn,
            file.AnswerColumn,
            file.CorruptedAnswerColumn,
            file.Answer,
            SpecEnum.NameOf(file.AnswerForm),
            SpecEnum.NameOf(file.Bos),
            file.DropInvalid
        );

    // As the tool: nothing to say of rows that were taken as they are.
    private byte[]? OriginOf(ImportedPairs rows, PairsFileSpec file, ITokenizer? tokenizer) =>
        rows.AreAsTheyWere && file.Answer != PairsFileSpec.FirstToken
            ? null
            : StageJson.Write(
                new PairsOrigin(
                    rows.Rows,
                    rows.Unusable.Length,
                    tokenizer?.Source,
                    tokenizer?.Prefix ?? [],
                    file.Answer == PairsFileSpec.FirstToken
                )
                {
                    AnswersLeftOut = rows.AnswersLeftOut.Length,
                    MergedAnswers = rows.MergedAnswers,
                }
            );

    // What stands in other sets as texts is found among token ids too.
    private static string Text(ImmutableArray<int> ids, ITokenizer? tokenizer) =>
        tokenizer?.Decode(ids) ?? string.Join(' ', ids);

    private ImportedRows ReportOf(NamedPairsFile named, ImportedPairs rows, ITokenizer? tokenizer) =>
        new(
            named.Key,
            rows.Rows,
            rows.Usable.Length,
            Dropped(rows),
            rows.Ceiling,
            tokenizer?.Source,
            [.. tokenizer?.Prefix ?? []],
            SpecEnum.NameOf(named.File.AnswerForm),
            named.File.Answer == PairsFileSpec.FirstToken,
            [.. rows.AnswersLeftOut]
        );

    private static string SummaryOf(NamedPairsFile named, ImportedPairs rows) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"pairs: '{named.Key}' is read from '{MessageText.OneLine(named.File.File)}': {rows.Usable.Length:N0} of {rows.Rows:N0} rows{(rows.Ceiling is { } share ? $", ceiling {share:P1}" : "")}"
        );

    private IEnumerable<string> WarningsOf(NamedPairsFile named, ImportedPairs rows, ITokenizer? tokenizer)
    {
        string file = MessageText.OneLine(named.File.File);
        foreach (UnusableRows reason in rows.Reasons)
        {
            yield return $"'{file}', left out: {reason}.";
        }

        if (rows.HasUncheckedIds)
        {
            yield return $"the answers in '{file}' are token ids, right only for the vocabulary that the file was made with; in this one the first right answer is '{MessageText.OneLine(tokenizer?.Decode(rows.Usable[0].Pair.Answers))}'.";
        }

        if (rows.AnswersLeftOut.Length > 0)
        {
            yield return $"texts of answers in '{file}' that are not one token were left out of sets that have others: {rows.AnswersLeftOut.Length}, '{MessageText.OneLine(rows.AnswersLeftOut[0])}' among them.";
        }
    }
}
