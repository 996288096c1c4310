using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Reporting;
using CircuitPipeline.Reporting.Results;
using CircuitPipeline.Reporting.Tables;
using CircuitPipeline.Study.Runs;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Report;

/// <summary>Gathers all results of the study into one set of tables, and shows them on one page.</summary>
internal sealed class ReportStage(ExperimentSpec spec) : IPublishingStage
{
    internal const string StageName = "Report";
    internal const string ReportItem = "report";
    internal const string ResultsName = "results.json";
    private const string PageName = "report.html";

    /// <inheritdoc/>
    public string Name => StageName;

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IEnumerable<WorkItem> Plan() => [WorkItem.Of(ReportItem, spec, Gather, ReportInputs.Of(spec))];

    /// <inheritdoc/>
    public void Publish(PublishContext context)
    {
        string page = Path.Combine(context.Folder, PageName);
        if (!context.IsNeeded)
        {
            context.Say($"the page is '{page}'");
            return;
        }

        StudyResults results = ResultsJson.Read(File.ReadAllBytes(context.PathOf(ReportItem, ResultsName)));
        context.Write(PageName, ReportPage.Write(WithThisRun(results, context)));
        foreach (ResultTable table in ResultTables.Write(results))
        {
            context.Write($"results/{table.Name}", table.Content.ToArray());
        }

        context.Say($"wrote the page '{page}'");
    }

    private StudyResults WithThisRun(StudyResults results, PublishContext context)
    {
        StudyTask[] tasks = [.. StudyTask.Trained(spec)];
        StudyResults timed =
            results.Tasks.Length == 0
                ? MethodResults.WithTimes(spec, tasks[0], results, context.SecondsOf)
                : results with
                {
                    Tasks =
                    [
                        .. tasks.Zip(
                            results.Tasks,
                            (task, own) => MethodResults.WithTimes(spec, task, own, context.SecondsOf)
                        ),
                    ],
                };
        return timed with
        {
            Provenance = results.Provenance with
            {
                Facts = [.. context.Provenance.Select(fact => new Setting(fact.Key, fact.Value))],
            },
            Stages = [.. context.Runs.Select(run => new StageTime(run.Stage, run.Seconds, run.Items, run.Cached))],
        };
    }

    private static void Gather(ExperimentSpec spec, WorkItemContext context)
    {
        StudyTask[] tasks = [.. StudyTask.Trained(spec)];
        ReportFiles files = new(spec, tasks[0], context);
        StudyResults results = spec.Tasks is null
            ? OfTask(spec, files, spec.Study, spec.Pairs?.Train is null ? "sums and differences" : "these prompts")
            : new StudyResults
            {
                Study = spec.Study,
                Question = Question($"{tasks.Length} task(s), each by itself,"),
                Settings = [ModelSettings.Model(files), .. StudySettings.OfStudy(spec)],
                Tasks =
                [
                    .. tasks.Select(task =>
                        OfTask(spec, new ReportFiles(spec, task, context), task.Name!, $"'{task.Name}'")
                    ),
                ],
                Provenance = Provenance(spec),
            };
        File.WriteAllBytes(
            context.OutputFile(ResultsName),
            ResultsJson.Write(
                CompositionResults.With(spec, context, results) with
                {
                    Protocol = ProtocolResults.Of(spec),
                    Bases = EvidenceResults.WithUnions(spec, context, results.Bases),
                }
            )
        );
    }

    private static StudyResults OfTask(ExperimentSpec spec, ReportFiles files, string name, string rows) =>
        new()
        {
            Study = name,
            Question = Question(rows),
            Settings =
            [
                .. spec.Tasks is null ? (Setting[])[ModelSettings.Model(files)] : [],
                .. StudySettings.OfTask(spec, files),
                .. spec.Tasks is null ? StudySettings.OfStudy(spec) : [],
                .. ImportSettings.Of(spec, files.Task, files.Imports),
            ],
            Accuracies = MethodResults.Accuracies(spec, files),
            Differences = MethodResults.Differences(spec, files),
            Checkpoints = CircuitResults.Checkpoints(spec, files),
            Changes = CircuitResults.Changes(spec, files),
            Transitions = CircuitResults.Transitions(spec, files),
            MethodChanges = CircuitResults.MethodChanges(spec, files),
            LayerRules = CircuitResults.LayerRules(files),
            Qualities = CircuitResults.Qualities(spec, files),
            Robustness = CircuitResults.Robustness(spec, files),
            Circuits = CircuitResults.Circuits(spec, files),
            Trajectories = TrajectoryResults.Of(spec, files),
            Bases = EvidenceResults.OfTask(spec, files),
            Sets = SampleResults.Of(spec, files),
            Protocol = ProtocolResults.Of(spec),
            Plans = MethodResults.Plans(spec, files),
            Provenance = Provenance(spec),
        };

    private static string Question(string rows) =>
        $"What does fine-tuning on {rows} change in the model's circuit, and does an adapter that gives "
        + "more rank to the layers that changed most answer better than others with the same number of parameters?";

    private static StudyProvenance Provenance(ExperimentSpec spec) => new([], CanonicalJson.Write(spec));
}
