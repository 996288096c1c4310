using System.Globalization;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Testing;
using CircuitPipeline.TorchTests.Models.Families;
using Xunit;

namespace CircuitPipeline.TorchTests.ToolFront;

/// <summary><c>attribute --dtype</c> in 16 bits beside float64, relative to the largest score.</summary>
public sealed class ScoresInEveryElementType
{
    [Theory]
    [InlineData("published-pythia")]
    [InlineData("published-qwen3")]
    [InlineData("published-gemma2")]
    public void Are_those_of_float64_in_the_digits_that_the_type_has(string family)
    {
        using FamilyFolder folder = new(FamilyCases.All[family]);
        File.WriteAllText(
            Path.Combine(folder.Path, "pairs.jsonl"),
            """
            {"clean": [1, 2, 3], "corrupted": [1, 4, 3], "label": [5, 6]}
            {"clean": [7, 2, 3], "corrupted": [7, 8, 3], "label": [6, 5]}

            """
        );
        double[] exact = Scores(folder.Path, "float64");
        double largest = exact.Max(Math.Abs);

        double single = Difference("float32");
        double half = Difference("float16");
        double brain = Difference("bfloat16");

        // A type with so few digits that gives no difference was not used.
        string found = string.Create(
            CultureInfo.InvariantCulture,
            $"{family}: float32 {single:e1}, float16 {half:e1}, bfloat16 {brain:e1}"
        );
        Assert.True(single is > 0 and < 1e-5, found);
        Assert.True(half is > 1e-5 and < 0.02, found);
        Assert.True(brain is > 1e-4 and < 0.15, found);

        double Difference(string type) =>
            Scores(folder.Path, type).Zip(exact).Max(pair => Math.Abs(pair.First - pair.Second)) / largest;
    }

    private static double[] Scores(string folder, string type)
    {
        using TemporaryFolder output = new();
        string file = output.File("s.json");
        ToolRun run = ToolRun.In(
            folder,
            [
                .. "attribute --model . --pairs pairs.jsonl --method eap-ig-inputs --threads 1 --dtype".Split(' '),
                type,
                "--out",
                file,
            ]
        );
        Assert.True(run.ExitCode == 0, run.Error);
        return [.. ScoresFile.Read(file).Values];
    }
}
