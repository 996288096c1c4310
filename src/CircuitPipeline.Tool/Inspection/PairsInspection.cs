using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Text.Tables;
using CircuitPipeline.Tool.Commands;

namespace CircuitPipeline.Tool.Inspection;

/// <summary>Looks into a file of prompt pairs.</summary>
internal static class PairsInspection
{
    private const int Shown = 8;

    /// <summary>The file, with the tokenizer and the configuration of a model's folder, or with none.</summary>
    internal static Finding Of(PairsInput input, string? model, IgnoredParts ignored)
    {
        using PairsTable table = PairsTable.Open(input.File, input.Options);
        PairsOutline outline = table.Outline;
        List<string> refused = [];
        PairsOfModel? read = null;
        Fact[] pairs = [.. Finding.Try(refused, Pairs)];
        Fact[] facts =
        [
            .. Finding.Try(refused, () => [new Fact("rows", table.CountRows())]),
            new Fact("columns", outline.Columns),
            new Fact("clean prompts", $"'{outline.Clean}', {(outline.AreTexts ? "texts" : "token ids")}"),
            new Fact("corrupted prompts", $"'{outline.Corrupted}'"),
            new Fact("right answers", outline.Right is { } right ? $"'{right}'" : "none known"),
            new Fact("wrong answers", outline.Wrong is { } wrong ? $"'{wrong}'" : "no column of their own"),
            .. pairs,
            .. model is null || read is null ? [] : Finding.Try(refused, () => Model(read, model, ignored, refused)),
        ];
        return new Finding("prompt pairs", [.. facts], [.. refused])
        {
            Warnings = read is { Rows.Usable.IsEmpty: false } ? [.. read.WarningsOfUsable] : [],
        };

        IEnumerable<Fact> Pairs()
        {
            if (model is null && outline.AreTexts)
            {
                return
                [
                    new Fact(
                        "tokens",
                        "not made, because texts need a tokenizer: name a model's folder with '--model'"
                    ),
                ];
            }

            read = input.For(table, model, PairsInput.NeededOf(outline));
            refused.AddRange(read.Rows.Reasons.Select(reason => $"{reason}"));
            return Encoded(read);
        }
    }

    // As runs check it; a tokenizer may lie in a folder without a model.
    private static IEnumerable<Fact> Model(PairsOfModel read, string model, IgnoredParts ignored, List<string> refused)
    {
        if (!File.Exists(Path.Combine(model, Checkpoint.ConfigFile)))
        {
            return
            [
                new Fact(
                    "positions of the model",
                    $"not known, because the folder has no '{Checkpoint.ConfigFile}'; whether the prompts fit was not looked at"
                ),
            ];
        }

        TransformerConfig config = ignored.Config(model);
        refused.AddRange(read.MisfitOf(config) is { } misfit ? [misfit] : (string[])[]);
        return [new Fact("positions of the model", config.NCtx)];
    }

    private static IEnumerable<Fact> Encoded(PairsOfModel read)
    {
        ImportedPairs rows = read.Rows;
        yield return new Fact("rows that make a pair", rows.Usable.Length);
        if (rows.Ceiling is { } ceiling)
        {
            yield return new Fact("share of answers that are one token", ceiling) { IsShare = true };
        }

        if (!rows.AnswersLeftOut.IsEmpty)
        {
            yield return new Fact("answers left out because they are not one token", rows.AnswersLeftOut.Length);
        }

        if (rows.MergedAnswers > 0)
        {
            yield return new Fact("answers that merge with the prompt's end", rows.MergedAnswers);
        }

        if (rows.Usable.IsEmpty)
        {
            yield break;
        }

        int compared = rows.Usable.Count(row => IsCompared(row.Pair));
        if (compared < rows.Usable.Length)
        {
            yield return new Fact("of them with right and wrong answers that differ", compared);
        }

        int equal = rows.Usable.Count(row => row.Pair.Clean.SequenceEqual(row.Pair.Corrupted));
        if (equal > 0)
        {
            yield return new Fact("of them with two equal prompts, from which no score follows", equal);
        }

        int[] lengths = [.. rows.Usable.Select(row => row.Pair.Clean.Length)];
        EncodedPair pair = rows.Usable[0].Pair;
        yield return new Fact(
            "tokens of a prompt",
            lengths.Min() == lengths.Max() ? $"{lengths[0]}" : $"{lengths.Min()} to {lengths.Max()}"
        );
        yield return new Fact(
            "first clean prompt",
            rows.Usable[0].Clean is { } text ? MessageText.OneLine(text) : Ids(pair.Clean)
        );
        yield return new Fact("its right answers", Answers(pair.Answers, read.FirstRight));
        yield return new Fact("its wrong answers", Answers(pair.CorruptedAnswers, read.FirstWrong));
    }

    // What metrics of right and wrong answers need of a row.
    private static bool IsCompared(EncodedPair pair) =>
        pair.HasAnswers && !pair.CorruptedAnswers.IsEmpty && !pair.Answers.ToHashSet().SetEquals(pair.CorruptedAnswers);

    private static string Answers(IReadOnlyList<int> ids, string? text) =>
        ids.Count == 0 ? "none" : Ids(ids) + (text is null ? "" : $", '{MessageText.OneLine(text)}'");

    private static string Ids(IReadOnlyList<int> ids) =>
        string.Join(" ", ids.Take(Shown)) + (ids.Count > Shown ? $" … ({ids.Count})" : "");
}
