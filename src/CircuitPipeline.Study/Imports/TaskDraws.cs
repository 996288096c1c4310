using System.Collections.Immutable;
using System.Globalization;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Pipeline.Store;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Prompts.Tasks;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Spec;
using CircuitPipeline.Text.Tables;
using CircuitPipeline.Text.Tasks;
using CircuitPipeline.Text.Tokenizers;

namespace CircuitPipeline.Study.Imports;

/// <summary>Draws the sets of a study's tasks in the text of their sources, for the tokenizer of its checkpoint.</summary>
/// <param name="spec">The experiment.</param>
/// <param name="model">Its checkpoint.</param>
internal sealed class TaskDraws(ExperimentSpec spec, AskedModel model)
{
    // Of all tasks, so that no operands of a composition's part are in another set than the composition's.
    private readonly Dictionary<string, int> _owners = [];

    /// <summary>The tasks that are drawn, compositions first: their rows need all of their operands in one set.</summary>
    internal static IEnumerable<(int Place, TaskSpec Task)> Of(ExperimentSpec spec) =>
        (spec.FromScratch is null ? spec.Tasks ?? [] : [])
            .Index()
            .Where(task => task.Item.Task is not null)
            .OrderBy(task => PromptTasks.Named(task.Item.Task!) is IComposedTask ? 0 : 1);

    /// <summary>Draws the sets of a task, and says what was left out.</summary>
    /// <exception cref="UnusableSetException">The checkpoint has no tokenizer, or the task gives too few rows for it.</exception>
    internal ImportedSets Draw(TaskSpec task, TextWriter output)
    {
        SplitSpec sizes = task.Splits ?? spec.Splits!;
        IPromptTask known = PromptTasks.Named(task.Task!);
        if (task.Limit is not null && known.DefaultLimit is null)
        {
            throw new UnusableSetException(
                "limit",
                $"is {task.Limit}, but the task '{task.Task}' has no numbers to choose; leave it out."
            );
        }

        SeededRandom random = new SeededRandom(spec.Seed).Derive($"task {task.NameInStudy}");
        (DrawnTexts drawn, ITokenizer tokenizer) = Drawn(task, known, sizes, random);
        DrawnRows rows = new(
            drawn.Draws,
            drawn.Repeated,
            drawn.Rows.Usable.Length,
            SetReader.Dropped(drawn.Rows),
            drawn.Rows.Ceiling,
            tokenizer.Source,
            [.. tokenizer.Prefix]
        );
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"tasks: '{task.NameInStudy}' is drawn: {rows.Usable:N0} rows of {rows.Draws:N0} draws, of which {rows.Repeated:N0} were drawn before"
            )
        );
        foreach (UnusableRows reason in drawn.Rows.Reasons)
        {
            output.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"  {reason.Count:N0} left out: {reason.First}")
            );
        }

        return new ImportedSets(
            [.. PairSets.OfTarget.Zip(drawn.Sets, (set, texts) => SetOf(set, texts, rows, random))],
            new ImportReport([], []) { Drawn = rows }
        );
    }

    private (DrawnTexts Drawn, ITokenizer Tokenizer) Drawn(
        TaskSpec task,
        IPromptTask known,
        SplitSpec sizes,
        SeededRandom random
    )
    {
        try
        {
            ITokenizer tokenizer =
                model.Tokenizer(BosPolicy.Auto)
                ?? throw new InvalidDataException(
                    $"'model.checkpoint' has no tokenizer, but one makes token ids of a task's texts; put its '{TokenizerFolder.TokenizerJsonName}' beside the weights"
                );
            using IDisposable? engine = tokenizer as IDisposable;
            RowsBehindNewline? newlines = spec.OpenTraps.Newline is null ? null : new RowsBehindNewline(tokenizer);
            DrawnTexts drawn = TaskTexts.Draw(
                TaskSource.OfTexts(known, task.Limit),
                tokenizer,
                AnswerForm.Spaced,
                [sizes.Train, sizes.Validation, sizes.Circuit, sizes.Circuit, sizes.Test],
                random,
                _owners,
                newlines is null ? null : newlines.Refusal // of all sets, as the paper's rows
            );
            // The first set is the one that is trained on.
            drawn = newlines is null ? drawn : drawn with { Sets = drawn.Sets.SetItem(0, newlines.Of(drawn.Sets[0])) };
            MustFit(drawn);
            return (drawn, tokenizer);
        }
        catch (InvalidDataException cause)
        {
            throw new UnusableSetException("task", $"cannot be drawn: {cause.Message}");
        }
    }

    private void MustFit(DrawnTexts drawn)
    {
        TrapsSpec open = spec.OpenTraps;
        foreach ((int set, ImmutableArray<UsableRow> rows) in drawn.Sets.Index())
        {
            foreach (UsableRow row in rows)
            {
                string? problem =
                    PairMisfit.Of(row.Pair, model.DVocab, model.NCtx)?.ToString()
                    ?? (set == 0 ? AnswerRoom.Problem(row.Pair, open) : null);
                if (problem is not null)
                {
                    throw new InvalidDataException($"the row '{MessageText.OneLine(row.Clean ?? "")}' {problem}");
                }
            }
        }
    }

    // A row that is trained on has one answer: of several, one by chance.
    private static ImportedSet SetOf(string set, ImmutableArray<UsableRow> texts, DrawnRows drawn, SeededRandom random)
    {
        SeededRandom answers = random.Derive("answers");
        byte[] content = PairsWriter.Write(
            set == PairSets.Train
                ? texts.Select(row =>
                    row with
                    {
                        Pair = row.Pair with { Answers = [answers.Pick(row.Pair.Answers.AsSpan())] },
                    }
                )
                : texts
        );
        return new ImportedSet(set, null, null, null, Digest.OfBytes(content).ToString())
        {
            Content = content,
            Origin = StageJson.Write(
                new PairsOrigin(texts.Length, 0, drawn.Tokenizer, [.. drawn.Prefix], FirstTokenAnswers: false)
            ),
        };
    }
}
