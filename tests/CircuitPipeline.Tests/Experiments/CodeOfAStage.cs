using CircuitPipeline.Circuits;
using CircuitPipeline.Experiments;
using CircuitPipeline.Prompts;
using Xunit;

namespace CircuitPipeline.Tests.Experiments;

public sealed class CodeOfAStage
{
    [Fact]
    public void Rooms_come_with_the_rooms_they_refer_to_and_without_stand_ins()
    {
        var code = new StageCode(typeof(StageGraph).Assembly, ["Graph/StageGraph.cs"], [typeof(StageGraph).Assembly]);

        Assert.Equal(
            [
                "code.Attribution",
                "code.Circuits",
                "code.Experiments",
                "code.Models",
                "code.Planning",
                "code.Prompts",
                "code.Reporting",
                "code.StageGraph",
                "code.Store",
                "code.Tensors",
                "code.Training",
            ],
            new CodeDigests().Of(code).Keys
        );
    }

    [Fact]
    public void A_room_without_references_stands_alone()
    {
        var code = new StageCode(
            typeof(StageGraph).Assembly,
            [],
            [typeof(CorpusSpec).Assembly, typeof(TransformerConfig).Assembly]
        );

        Assert.Equal(["code.Circuits", "code.Prompts"], new CodeDigests().Of(code).Keys);
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_error_rather_than_an_empty_digest()
    {
        var code = new StageCode(typeof(StageGraph).Assembly, ["Graph/Missing.cs"], []);

        var problem = Assert.Throws<ArgumentException>(() => new CodeDigests().Of(code));

        Assert.Equal(
            "'CircuitPipeline.Experiments' embeds no 'source/Graph/Missing.cs', so its code cannot be part of a key.",
            problem.Message
        );
    }

    [Fact]
    public void A_project_without_embedded_sources_is_an_error()
    {
        Assert.Throws<ArgumentException>(() =>
            new CodeDigests().Of(new StageCode(typeof(FactAttribute).Assembly, [], [typeof(FactAttribute).Assembly]))
        );
    }
}
