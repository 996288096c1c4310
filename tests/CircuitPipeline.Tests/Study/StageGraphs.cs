using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Study;
using Xunit;

namespace CircuitPipeline.Tests.Studies;

public sealed class StageGraphs
{
    [Fact]
    public void The_study_goes_from_its_data_to_its_report()
    {
        string graph = string.Join(
            '\n',
            StudyStages.Graph.Stages.Select(stage => $"{stage.Name} <- {string.Join(", ", stage.DependsOn)}".TrimEnd())
        );

        Assert.Equal(
            """
            GenerateData <-
            Pretrain <- GenerateData
            FineTune <- Pretrain
            AttributeEdges <- FineTune
            SelectCircuits <- AttributeEdges
            DiscoverCircuits <- SelectCircuits
            EvaluateCircuits <- SelectCircuits
            DiffCircuits <- SelectCircuits
            PlanRanks <- DiffCircuits
            Retrain <- PlanRanks
            RediscoverCircuits <- Retrain
            EvaluateRobustness <- FineTune
            Report <- EvaluateCircuits, RediscoverCircuits, EvaluateRobustness
            """,
            graph
        );
    }

    [Fact]
    public void Stages_come_after_what_they_depend_on()
    {
        StageGraph graph = new([new("c", "", ["b"]), new("b", "", ["a"]), new("a", "", [])]);

        Assert.Equal(["a", "b", "c"], graph.Stages.Select(stage => stage.Name));
        Assert.Equal(["a", "b"], graph.UpTo("b").Select(stage => stage.Name));
    }

    [Fact]
    public void A_cycle_is_written_out()
    {
        ArgumentException problem = Assert.Throws<ArgumentException>(() =>
            new StageGraph([new("start", "", ["a"]), new("a", "", ["b"]), new("b", "", ["c"]), new("c", "", ["a"])])
        );

        Assert.Equal("Circular dependency: a -> b -> c -> a.", problem.Message);
    }

    [Fact]
    public void An_unknown_dependency_gets_the_nearest_name()
    {
        ArgumentException problem = Assert.Throws<ArgumentException>(() =>
            new StageGraph([new("Pretrain", "", ["GenerateDate"]), new("GenerateData", "", [])])
        );

        Assert.Equal(
            "Stage 'Pretrain' depends on 'GenerateDate', which is no stage. Did you mean 'GenerateData'? Allowed: GenerateData, Pretrain.",
            problem.Message
        );
    }

    [Fact]
    public void A_stage_described_twice_is_refused()
    {
        ArgumentException problem = Assert.Throws<ArgumentException>(() =>
            new StageGraph([new("a", "", []), new("a", "", [])])
        );

        Assert.StartsWith("Stage 'a' is described twice.", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_stage_is_wrong_input()
    {
        InvalidExperimentException problem = Assert.Throws<InvalidExperimentException>(() =>
            StudyStages.Graph["pretrian"]
        );

        Assert.StartsWith(
            "Unknown stage 'pretrian'. Did you mean 'Pretrain'?",
            problem.Message,
            StringComparison.Ordinal
        );
    }
}
