using System.Reflection;
using CircuitPipeline.Pipeline.Code;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Study;
using CircuitPipeline.Study.Spec;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Studies;

public sealed class StagesOfThisVersion
{
    private static readonly ExperimentSpec Tiny = SpecReader.ReadFile(
        Path.Combine(RepositoryRoot.Path, "experiments", "tiny.yaml"),
        "tiny.yaml"
    );

    [Fact]
    public void Are_stages_of_the_graph_each_once()
    {
        string[] names = [.. StudyStages.Of(Tiny).Stages.Select(stage => stage.Name)];

        Assert.Equal(names.Distinct(), names);
        Assert.All(names, name => Assert.Equal(name, StudyStages.Graph[name].Name));
    }

    [Fact]
    public void Have_bodies_that_capture_nothing_so_that_the_key_says_everything()
    {
        IEnumerable<WorkItem> items = StudyStages.Of(Tiny).Stages.SelectMany(stage => stage.Plan());

        Assert.All(items, item => Assert.Empty(CapturedBy(item.Body)));
    }

    [Fact]
    public void A_body_that_captures_would_be_seen()
    {
        int captured = 3;
        WorkItem item = WorkItem.Of("x", new { Tiny.Seed }, (_, context) => context.Progress($"{captured}"));

        Assert.NotEmpty(CapturedBy(item.Body));
    }

    [Fact]
    public void Name_sources_that_exist() =>
        Assert.All(StudyStages.Of(Tiny).Stages, stage => Assert.NotEmpty(new CodeDigests().Of(stage.Code)));

    private static FieldInfo[] CapturedBy(Delegate body) =>
        body.Target?.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic) ?? [];
}
