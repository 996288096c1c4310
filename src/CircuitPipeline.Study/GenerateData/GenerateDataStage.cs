using System.Collections.Immutable;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Corpora;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Prompts.Tasks;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Runs;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.GenerateData;

/// <summary>Draws the pretraining corpus with its vocabulary, and the prompt pairs in their sets, or takes those that were read from files.</summary>
internal sealed class GenerateDataStage(int seed, FromScratchSpec spec, TaskSpec[]? tasks, TaskSets imports) : IStage
{
    /// <inheritdoc/>
    public string Name => GenerateDataFiles.StageName;

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IEnumerable<WorkItem> Plan() =>
        [
            WorkItem.Of(GenerateDataFiles.CorpusItem, new CorpusSlice(seed, spec.Data), DrawCorpus),
            .. tasks is null ? OfTarget(imports.Of(StudyTask.Only)) : tasks.SelectMany(OfTask),
        ];

    private WorkItem[] OfTarget(ImportedSets read) =>
        [
            WorkItem.Of(
                GenerateDataFiles.TargetItem,
                new TargetSlice(seed, spec.Data, spec.Splits, read.Among(PairSets.OfTarget)),
                MakeTarget
            ),
            WorkItem.Of(
                GenerateDataFiles.OtherTasksItem,
                new OtherSlice(seed, spec.Data, new(spec.Splits.Circuit), read.Among(PairSets.OfOtherTasks)),
                MakeOtherTasks
            ),
            .. read.Sets.IsEmpty ? (WorkItem[])[] : [ImportDataFiles.ReportItem(StudyTask.Only, read.Report)],
        ];

    private IEnumerable<WorkItem> OfTask(TaskSpec task)
    {
        StudyTask which = new(task.NameInStudy);
        return task.Task is null
            ? ImportDataFiles.Items(which, imports.Of(which))
            :
            [
                WorkItem.Of(
                    which.DataItem,
                    new TaskSlice(
                        seed,
                        task.Task,
                        new Numbers(
                            spec.Data.MaxNumber,
                            spec.Data.SmallLimit,
                            spec.ShareOf(task.Task),
                            PartsOf(task.Task)
                        ),
                        task.Splits ?? spec.Splits
                    ),
                    DrawTask
                ),
            ];
    }

    private Part[]? PartsOf(string task) =>
        PromptTasks.Named(task) is IComposedTask composed
            ?
            [
                .. composed
                    .Parts.Where(part => spec.ShareOf(part.Name) > 0)
                    .Select(part => new Part(part.Name, spec.ShareOf(part.Name), spec.SplitsOf(tasks, part.Name))),
            ]
            : null;

    private static void DrawCorpus(CorpusSlice slice, WorkItemContext context)
    {
        Vocabulary vocabulary = slice.Data.ToVocabulary();
        Corpus corpus = CorpusGenerator.Generate(slice.Data, vocabulary, new SeededRandom(slice.Seed));
        File.WriteAllBytes(context.OutputFile(VocabularyFile.Name), VocabularyFile.Write(vocabulary));
        File.WriteAllBytes(context.OutputFile(GenerateDataFiles.CorpusName), CorpusFile.Write(corpus));
        context.Progress($"{corpus.LineCount:N0} lines of at most {corpus.Length} tokens, {vocabulary.Count} words");
    }

    private static void DrawTask(TaskSlice slice, WorkItemContext context)
    {
        TaskSplits splits = TaskSplits.Draw(
            PromptTasks.Named(slice.Task),
            new TinyNumbers(slice.Data.MaxNumber, slice.Data.SmallLimit),
            slice.Data.Share,
            slice.Splits,
            new SeededRandom(slice.Seed),
            slice.Data.Parts?.ToDictionary(part => part.Task, part => new PartSplits(part.Share, part.Splits))
        );
        Write(splits.All.Select(split => (split.Name, split.Pairs)), null, context);
        context.Progress(
            $"{string.Join(", ", splits.All.Select(split => $"{split.Name} {split.Pairs.Length:N0}"))} prompt pairs"
        );
    }

    private static void MakeTarget(TargetSlice slice, WorkItemContext context)
    {
        (string Name, ImmutableArray<PromptPair> Pairs)[] drawn =
        [
            .. DrawnSets.OfTarget(slice.Seed, slice.Data, slice.Splits),
        ];
        Write(drawn, slice.Pairs, context);
        context.Progress(
            string.Join(
                ", ",
                drawn.Select(split =>
                    slice.Pairs?.Any(imported => imported.Set == split.Name) == true
                        ? $"{split.Name} from a file"
                        : $"{split.Name} {split.Pairs.Length:N0}"
                )
            ) + " prompt pairs"
        );
    }

    private static void MakeOtherTasks(OtherSlice slice, WorkItemContext context) =>
        Write(DrawnSets.OfOtherTasks(slice.Seed, slice.Data, slice.Splits.Circuit), slice.Pairs, context);

    private static void Write(
        IEnumerable<(string Name, ImmutableArray<PromptPair> Pairs)> drawn,
        ImportedSet[]? imports,
        WorkItemContext context
    )
    {
        foreach ((string name, ImmutableArray<PromptPair> pairs) in drawn)
        {
            if (imports?.FirstOrDefault(set => set.Set == name) is { } imported)
            {
                ImportDataFiles.Write(imported, context);
            }
            else
            {
                File.WriteAllBytes(context.OutputFile(GenerateDataFiles.SplitFile(name)), PairsFile.Write(pairs));
            }
        }
    }

    private sealed record CorpusSlice(int Seed, CorpusSpec Data);

    private sealed record OtherSlice(int Seed, CorpusSpec Data, PairCount Splits, ImportedSet[]? Pairs);

    private sealed record PairCount(int Circuit);

    private sealed record TaskSlice(int Seed, string Task, Numbers Data, SplitSpec Splits);

    private sealed record Numbers(int MaxNumber, int SmallLimit, double Share, Part[]? Parts);

    private sealed record Part(string Task, double Share, SplitSpec? Splits);

    private sealed record TargetSlice(int Seed, CorpusSpec Data, SplitSpec Splits, ImportedSet[]? Pairs);
}
