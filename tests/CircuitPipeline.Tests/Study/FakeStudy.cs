using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Study;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Tests.Studies;

/// <summary>A study in a folder of its own with two made-up stages: a corpus, and a model made from it.</summary>
internal sealed class FakeStudy : IDisposable
{
    public FakeStudy()
    {
        Root = Directory.CreateTempSubdirectory("study-").FullName;
        Directory.CreateDirectory(Path.Combine(Root, "experiments"));
        Write(SmallYaml.Text);
    }

    public string Root { get; }

    public string LockPath => Path.Combine(Root, "experiments", "small.lock.json");

    public FakeEngine Engine { get; set; } = new("engine 1");

    public FakeStage Data { get; set; } =
        new("GenerateData", spec => [WorkItem.Of("corpus", new { spec.Seed, spec.Data }, MakeCorpus)]);

    public FakeStage Pretrain { get; set; } =
        new(
            "Pretrain",
            spec =>
                [
                    WorkItem.Of(
                        "model",
                        new { spec.Pretrain },
                        MakeModel,
                        [new("GenerateData", "corpus", "corpus.txt")],
                        usesEngine: true
                    ),
                ]
        );

    public MachineFacts Machine { get; set; } = new("host", "class-a", "system", "runtime", "abc123", GitIsDirty: true);

    public StageCatalog Stages(ExperimentSpec spec) =>
        new(StudyStages.Graph, [Data with { Spec = spec }, Pretrain with { Spec = spec }], Engine);

    public void Write(string yaml) => File.WriteAllText(Path.Combine(Root, "experiments", "small.yaml"), yaml);

    public void Change(string old, string now) => Write(SmallYaml.With(old, now));

    public PipelineSession Open(TextWriter output, StudyOptions? changed = null) =>
        StudySession.Open((changed ?? Options(output)) with { Output = output }, Stages);

    public StudyOptions Options(TextWriter output) =>
        new()
        {
            RootFolder = Root,
            Experiment = "small",
            Output = output,
            Time = new FrozenTime(),
            Machine = Machine,
        };

    /// <summary>Runs stages in one session, as a build does, and returns what it printed, digests left out.</summary>
    public string Run(params string[] stages) => Run(Options(TextWriter.Null), stages);

    public string Run(StudyOptions options, params string[] stages)
    {
        using StringWriter output = new() { NewLine = "\n" };
        PipelineSession session = Open(output, options);
        foreach (string stage in stages)
        {
            session.RunStage(stage);
        }

        return Printed.WithoutDigests(output.ToString());
    }

    /// <summary>What a session says it would do.</summary>
    public string Explain(string stage) =>
        Printed.WithoutDigests(string.Join('\n', Open(TextWriter.Null).Explain(stage)));

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private static void MakeCorpus<T>(T slice, WorkItemContext context)
        where T : notnull
    {
        context.Progress("writes lines");
        File.WriteAllText(context.OutputFile("corpus.txt"), CanonicalJson.Write(slice));
    }

    private static void MakeModel<T>(T slice, WorkItemContext context)
        where T : notnull =>
        File.WriteAllText(
            context.OutputFile("model.txt"),
            $"{CanonicalJson.Write(slice)} on {context.Device} with {context.Threads} from {File.ReadAllText(context.InputFile("corpus", "corpus.txt"))}"
        );
}
