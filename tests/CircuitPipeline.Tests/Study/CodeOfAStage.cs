using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Pipeline.Code;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Prompts.Corpora;
using CircuitPipeline.Study;
using CircuitPipeline.Study.AttributeEdges;
using CircuitPipeline.Study.FineTune;
using CircuitPipeline.Study.GenerateData;
using CircuitPipeline.Study.Pretrain;
using CircuitPipeline.Study.Report;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Studies;

/// <summary>Which sources make a stage: found in the sources themselves, so that none can be forgotten.</summary>
public sealed class CodeOfAStage
{
    private static readonly Type[] Stages =
    [
        .. typeof(StudyStages).Assembly.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(typeof(IStage))),
    ];

    [Fact]
    public void A_stage_begins_with_its_folder()
    {
        StageCode code = StageCode.Of(typeof(PretrainStage));

        Assert.Contains("Pretrain/PretrainStage.cs", code.Files);
        Assert.Equal(typeof(PretrainStage).Assembly, code.Home);
    }

    // A type whose file were not found would be missing in the keys of what uses it.
    [Fact]
    public void Every_type_of_the_stages_project_is_found_in_a_source() =>
        Assert.All(
            typeof(StudyStages)
                .Assembly.GetTypes()
                .Where(type => !type.IsNested && type.Namespace?.StartsWith("CircuitPipeline.Study") == true)
                .Where(type => type.Namespace != "CircuitPipeline.Study.Spec"),
            type => Assert.NotEmpty(StageCode.Of(type).Files)
        );

    [Fact]
    public void A_file_of_another_stage_is_in_none() =>
        Assert.All(
            Stages,
            stage =>
                Assert.DoesNotContain(
                    StageCode.Of(stage).Files,
                    file => Stages.Any(other => other != stage && file.StartsWith($"{FolderOf(other)}/"))
                )
        );

    [Fact]
    public void The_writer_of_small_results_is_in_every_stage_that_uses_it()
    {
        string[] users =
        [
            .. Stages
                .Where(stage =>
                    Directory
                        .GetFiles(Path.Combine(RepositoryRoot.Path, "src/CircuitPipeline.Study", FolderOf(stage)))
                        .Any(file => File.ReadAllText(file).Contains("StageJson."))
                )
                .Select(stage => stage.Name),
        ];

        Assert.True(users.Length >= 3);
        Assert.All(
            Stages.Where(stage => users.Contains(stage.Name)),
            stage => Assert.Contains("Artifacts/StageJson.cs", StageCode.Of(stage).Files)
        );
    }

    [Fact]
    public void A_room_is_in_the_stages_that_name_it()
    {
        string[] ofReport = [.. Rooms(typeof(ReportStage))];

        Assert.Contains("code.Reporting", ofReport);
        Assert.All(
            Stages.Where(stage => stage != typeof(ReportStage)),
            stage => Assert.DoesNotContain("code.Reporting", Rooms(stage))
        );
        Assert.Equal(["code.Prompts"], Rooms(typeof(GenerateDataStage)));
        Assert.Contains("code.Training", Rooms(typeof(FineTuneStage)));
        Assert.Contains("code.Attribution", Rooms(typeof(AttributeEdgesStage)));
    }

    [Fact]
    public void The_pipeline_and_the_spec_are_in_none() =>
        Assert.All(
            Stages,
            stage =>
            {
                Assert.DoesNotContain("code.Pipeline", new CodeDigests().Of(StageCode.Of(stage)).Keys);
                Assert.DoesNotContain(StageCode.Of(stage).Files, file => file.StartsWith("Spec/"));
            }
        );

    // It uses packages whose code is in no key.
    [Fact]
    public void The_room_of_tokenizers_and_tables_is_in_none() =>
        Assert.All(Stages, stage => Assert.DoesNotContain("code.Text", Rooms(stage)));

    // What such a method's file declares is not named where it is called.
    [Fact]
    public void The_project_of_the_stages_has_no_extension_methods() =>
        Assert.DoesNotContain(
            Directory.GetFiles(
                Path.Combine(RepositoryRoot.Path, "src/CircuitPipeline.Study"),
                "*.cs",
                SearchOption.AllDirectories
            ),
            file => File.ReadAllText(file) is var text && (text.Contains("(this ") || text.Contains("extension("))
        );

    [Fact]
    public void Rooms_come_with_the_rooms_they_refer_to_and_without_stand_ins()
    {
        StageCode code = new(
            typeof(StudyStages).Assembly,
            ["StudyStages.cs"],
            [typeof(CircuitPipeline.Reporting.ReportPage).Assembly, typeof(StageGraph).Assembly]
        );

        Assert.Equal(
            ["code.Circuits", "code.Pipeline", "code.Planning", "code.Reporting", "code.StudyStages"],
            new CodeDigests().Of(code).Keys
        );
    }

    [Fact]
    public void A_room_without_references_stands_alone()
    {
        StageCode code = new(
            typeof(StageGraph).Assembly,
            [],
            [typeof(CorpusSpec).Assembly, typeof(TransformerConfig).Assembly]
        );

        Assert.Equal(["code.Circuits", "code.Prompts"], new CodeDigests().Of(code).Keys);
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_error_rather_than_an_empty_digest()
    {
        StageCode code = new(typeof(StageGraph).Assembly, ["Stages/Missing.cs"], []);

        ArgumentException problem = Assert.Throws<ArgumentException>(() => new CodeDigests().Of(code));

        Assert.Equal(
            "'CircuitPipeline.Pipeline' embeds no 'Stages/Missing.cs', so its code cannot be part of a key.",
            problem.Message
        );
    }

    [Fact]
    public void A_project_without_embedded_sources_is_an_error()
    {
        Assert.Throws<ArgumentException>(() =>
            new CodeDigests().Of(new StageCode(typeof(FactAttribute).Assembly, [], [typeof(FactAttribute).Assembly]))
        );
        Assert.Throws<ArgumentException>(() => StageCode.Of(typeof(FactAttribute)));
    }

    private static string FolderOf(Type stage) => stage.Namespace!.Split('.')[^1];

    private static IEnumerable<string> Rooms(Type stage)
    {
        StageCode code = StageCode.Of(stage);
        return new CodeDigests()
            .Of(code)
            .Keys.Where(key => !code.Files.Any(file => key == $"code.{Path.GetFileNameWithoutExtension(file)}"));
    }
}
