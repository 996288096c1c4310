using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Reporting;
using CircuitPipeline.Reporting.Results;
using CircuitPipeline.Reporting.Tables;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Report;

/// <summary>Gathers all results of the study into one set of tables, and shows them on one page.</summary>
internal sealed class ReportStage(ExperimentSpec spec) : IPublishingStage
{
    internal const string StageName = "Report";
    internal const string ReportItem = "report";
    internal const string ResultsName = "results.json";

    /// <inheritdoc/>
    public string Name => StageName;

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public IEnumerable<WorkItem> Plan() => [WorkItem.Of(ReportItem, spec, Gather, ReportInputs.Of(spec))];

    /// <inheritdoc/>
    public void Publish(PublishContext context)
    {
        string page = Path.Combine(context.Folder, "report.html");
        string folder = Path.Combine(context.Folder, "results");
        byte[] source = File.ReadAllBytes(context.PathOf(ReportItem, ResultsName));
        if (!context.IsNew && File.Exists(page) && IsOf(source, Path.Combine(folder, ResultsName)))
        {
            context.Say($"the page is '{page}'");
            return;
        }

        StudyResults results = ResultsJson.Read(source);
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(page, ReportPage.Write(WithThisRun(results, context)));
        // The tables come last, 'results.json' at their end: it says whose page lies beside them.
        foreach (ResultTable table in ResultTables.Write(results))
        {
            File.WriteAllBytes(Path.Combine(folder, table.Name), table.Content.ToArray());
        }

        context.Say($"wrote the page '{page}'");
    }

    // Cached results may be other ones than the last shown: a value of the spec that was changed and changed back.
    private static bool IsOf(byte[] results, string shown) =>
        File.Exists(shown) && File.ReadAllBytes(shown).AsSpan().SequenceEqual(results);

    private static StudyResults WithThisRun(StudyResults results, PublishContext context) =>
        results with
        {
            Provenance = results.Provenance with
            {
                Facts = [.. context.Provenance.Select(fact => new Setting(fact.Key, fact.Value))],
            },
            Stages = [.. context.Runs.Select(run => new StageTime(run.Stage, run.Seconds, run.Items, run.Cached))],
        };

    private static void Gather(ExperimentSpec spec, WorkItemContext context)
    {
        ReportFiles files = new(spec, context);
        StudyResults results = new()
        {
            Study = spec.Study,
            Question =
                "What does fine-tuning on sums and differences change in the model's circuit, and does an adapter that gives "
                + "more rank to the layers that changed most answer better than others with the same number of parameters?",
            Settings = StudySettings.Of(spec),
            Accuracies = MethodResults.Accuracies(spec, files),
            Differences = MethodResults.Differences(spec, files),
            Checkpoints = CircuitResults.Checkpoints(spec, files),
            Changes = CircuitResults.Changes(spec, files),
            LayerRules = CircuitResults.LayerRules(files),
            Qualities = CircuitResults.Qualities(spec, files),
            Circuits = CircuitResults.Circuits(spec, files),
            Plans = MethodResults.Plans(spec, files),
            Composition = CircuitResults.Composition(files),
            Provenance = new StudyProvenance([], CanonicalJson.Write(spec)),
        };
        File.WriteAllBytes(context.OutputFile(ResultsName), ResultsJson.Write(results));
    }
}
