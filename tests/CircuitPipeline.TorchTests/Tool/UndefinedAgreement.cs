using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.TorchTests.ToolFront;

/// <summary>Circuits that cannot differ, and files that are none: said before anything is computed where that is known.</summary>
public sealed class UndefinedAgreement : IDisposable
{
    private const string One = """{"clean": [1, 2, 3], "corrupted": [1, 5, 3], "label": [6, 7]}""";
    private const string Other = """{"clean": [1, 2, 4], "corrupted": [1, 5, 4], "label": [6, 7]}""";
    private const string Robustness = "robustness --model model --pairs p.jsonl --edges 50% --by";
    private readonly ModelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(One, "splits --method eap", 1, "There is one pair, so 'splits' has no other one")]
    [InlineData(One, "perturbed --share 2 --method eap", 2, "'--share' is '2', but a number from 0 to 1 is allowed.")]
    [InlineData(
        One + "\n" + Other,
        "perturbed --share 0.1 --method eap",
        1,
        "'--share' is '0.1', which gives none of 2 pairs another twin"
    )]
    [InlineData(
        One + "\n" + Other,
        "resampled --method random --seed 1",
        1,
        "The method 'random' reads no pairs, so its scores are the same"
    )]
    public void Is_told_by_its_cause(string pairs, string options, int exitCode, string sentence)
    {
        ToolRun run = Run(pairs, $"{Robustness} {options}");

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains($"Error: {sentence}", run.Error);
    }

    [Fact]
    public void Of_prompts_that_are_equal_up_to_the_answer_is_told_by_its_cause()
    {
        ToolRun run = Run(
            """{"clean": [1, 2, 3], "corrupted": [1, 2, 5], "label": [6, 7], "position": 1}""",
            "attribute --model model --pairs p.jsonl --method eap --out s.json"
        );

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            "every score is 0, because the corrupted prompt equals the clean one up to the answer's 'position' in the only pair, so no edge comes before another",
            run.Error
        );
    }

    [Fact]
    public void Scores_are_not_evaluated_as_a_circuit_and_an_empty_circuit_is_with_a_warning()
    {
        Run(One, "attribute --model model --pairs p.jsonl --method eap --out s.json");
        Run(One, "select --scores s.json --selector threshold --threshold 1e9 --out empty.json");

        ToolRun scores = Run(One, "evaluate --model model --pairs p.jsonl --circuit s.json");
        ToolRun empty = Run(One, "evaluate --model model --pairs p.jsonl --circuit empty.json");

        Assert.Equal((1, 0), (scores.ExitCode, empty.ExitCode));
        Assert.Contains("this file holds scores and no circuit", scores.Error);
        Assert.Contains("Warning: the circuit in 'empty.json' is empty.", empty.Error);
    }

    [Theory]
    [InlineData(4, "the file has 4 bytes, but a header alone needs 8; most likely its download broke off")]
    [InlineData(200, "or its download broke off, so download it again")]
    [InlineData(-8, "most likely its download broke off, so download it again")]
    public void Weights_that_end_too_early_say_why(int bytes, string sentence)
    {
        string weights = _folder["model/model.safetensors"];
        byte[] whole = File.ReadAllBytes(weights);
        File.WriteAllBytes(weights, whole[..(bytes > 0 ? bytes : whole.Length + bytes)]);

        ToolRun run = Run(One, "attribute --model model --pairs p.jsonl --method eap --out s.json");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(sentence, run.Error);
    }

    [Theory]
    [InlineData("model/config.json", "this is a file, but a model is a folder; name its folder.")]
    [InlineData("adapter", "does not say 'base_model_name_or_path'; name the base model")]
    public void Models_that_are_none_are_told_by_what_they_are(string model, string sentence)
    {
        Directory.CreateDirectory(_folder["adapter"]);
        File.WriteAllText(_folder["adapter/adapter_config.json"], "{}");

        ToolRun run = Run(One, $"attribute --model {model} --pairs p.jsonl --method eap --out s.json");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(sentence, run.Error);
    }

    private ToolRun Run(string pairs, string line)
    {
        File.WriteAllText(_folder["p.jsonl"], pairs + "\n");
        return _folder.Run(line);
    }
}
