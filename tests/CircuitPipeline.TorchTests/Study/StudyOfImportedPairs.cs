using System.Text.Json;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.TorchTests.Studies;

/// <summary>A small study all of whose target's pairs are read from files, with several answers to a pair where circuits are found.</summary>
public sealed class StudyOfImportedPairs : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public StudyOfImportedPairs()
    {
        Directory.CreateDirectory(_folder.File("experiments", "pairs"));
        Write("train.csv", Rows(0, 20));
        Write("validation.csv", Rows(20, 5));
        Write("test.csv", Rows(18, 9));
        Write(
            "circuit.jsonl",
            Sets(30, 10)
                + """{"clean":"max 1 =","corrupted":"max 2","answers":["1"],"corrupted_answers":["2"]}"""
                + "\n"
        );
        Write("again.jsonl", Sets(40, 8));
        File.WriteAllText(
            _folder.File("experiments", "small.yaml"),
            SmallSpec.Yaml().Replace("metric: logit-difference", "metric: logit-sum-difference")
                + """
                pairs:
                  train: {file: pairs/train.csv}
                  validation: {file: pairs/validation.csv}
                  circuit: {file: pairs/circuit.jsonl, drop_invalid: true}
                  circuit_again: {file: pairs/again.jsonl}
                  test: {file: pairs/test.csv}

                """
        );
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Goes_to_the_report_which_says_what_was_read()
    {
        string output = Run();

        ScoreOrigin origin = Origin("base-0");
        Assert.Equal(("logit-sum-difference", 10), (origin.Metric, origin.Examples));
        Assert.Equal(new PairsOrigin(11, 1, "vocabulary.json", [], false) { MergedAnswers = 0 }, origin.Pairs);
        Assert.Null(Origin("base-0-again").Pairs);
        Assert.Equal(8, Origin("base-0-again").Examples);
        Assert.Contains("Warning: 2 of the 9 clean prompts of 'test' are among those of 'train' too", output);
        using JsonDocument results = JsonDocument.Parse(
            File.ReadAllBytes(_folder.File("artifacts", "small", "results", "results.json"))
        );
        Dictionary<string, string> settings = results
            .RootElement.GetProperty("settings")
            .EnumerateArray()
            .Where(setting => setting.GetProperty("name").GetString() != "shared prompts")
            .ToDictionary(
                setting => setting.GetProperty("name").GetString()!,
                setting => $"{setting.GetProperty("value").GetString()}, {setting.GetProperty("why").GetString()}"
            );
        Assert.Equal(
            "pairs/circuit.jsonl: 10 of 11 rows, 1 left out: the clean prompt has 3 tokens and the corrupted one 2; at most 100% can be answered rightly; texts by vocabulary.json, nothing before them; answers spaced",
            settings["pairs of circuit"]
        );
        Assert.StartsWith("train 20, validation 5, circuits 10 and 8, test 9,", settings["splits"]);
        JsonElement circuit = results.RootElement.GetProperty("sets")[2];
        Assert.Equal(
            ("pairs/circuit.jsonl", 11, 10),
            (
                circuit.GetProperty("source").GetString(),
                circuit.GetProperty("rows").GetInt32(),
                circuit.GetProperty("used").GetInt32()
            )
        );
        Assert.Equal(1, circuit.GetProperty("left_out")[0].GetProperty("count").GetInt32());
        string page = File.ReadAllText(_folder.File("artifacts", "small", "report.html"));
        Assert.Contains("<td>the clean prompt has 3 tokens and the corrupted one 2</td>", page);
        Assert.Contains("pairs/circuit.jsonl: 10 of 11 rows", page);
        Assert.Contains("2 of the 9 clean prompts of", page);
    }

    [Fact]
    public void Writes_the_report_alone_anew_when_files_have_other_names_and_scores_nothing_again_for_another_line_end()
    {
        Run();
        File.Move(_folder.File("experiments", "pairs", "test.csv"), _folder.File("experiments", "pairs", "other.csv"));
        string yaml = _folder.File("experiments", "small.yaml");
        File.WriteAllText(yaml, File.ReadAllText(yaml).Replace("pairs/test.csv", "pairs/other.csv"));

        string renamed = Run();
        Write("again.jsonl", Sets(40, 8).Replace("\n", "\r\n"));
        string ended = Run();

        Assert.Equal(["Report/report"], Made(renamed));
        Assert.Equal(["GenerateData/target"], Made(ended));
    }

    private static string[] Made(string output) =>
        [
            .. output
                .Split('\n')
                .Where(line => line.Contains(": will run, because"))
                .Select(line => line.Split(':')[0])
                .Order(),
        ];

    private ScoreOrigin Origin(string item) =>
        ScoresFile.Read(_folder.File("artifacts", "small", "AttributeEdges", item, "scores.json")).Origin;

    private void Write(string name, string text) => File.WriteAllText(_folder.File("experiments", "pairs", name), text);

    // Rows of one length with one answer each.
    private static string Rows(int first, int count) =>
        "clean,corrupted,answer,corrupted_answer\n"
        + string.Concat(
            Enumerable
                .Range(first, count)
                .Select(number => $"max {number} 50 =,max {number} 60 =,{number},{number + 1}\n")
        );

    private static string Sets(int first, int count) =>
        string.Concat(
            Enumerable
                .Range(first, count)
                .Select(number =>
                    JsonSerializer.Serialize(
                        new
                        {
                            clean = $"max {number} =",
                            corrupted = $"max {number + 50} =",
                            answers = (string[])[$"{number}", $"{number + 1}"],
                            corrupted_answers = (string[])[$"{number + 50}", "0", "1"],
                        }
                    ) + "\n"
                )
        );

    private string Run() => SmallStudies.Run(_folder, jobs: 2);
}
