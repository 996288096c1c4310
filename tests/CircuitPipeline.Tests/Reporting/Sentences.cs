using System.Text;
using System.Text.RegularExpressions;
using CircuitPipeline.Reporting;
using CircuitPipeline.Reporting.Results;
using Xunit;

namespace CircuitPipeline.Tests.Reporting;

/// <summary>What the page says in words follows from the data, and is never more than they say.</summary>
public sealed class Sentences
{
    [Theory]
    [InlineData(1, 1, "One base model and one adapter seed were run.")]
    [InlineData(1, 3, "3 adapter seeds were run on one base model.")]
    [InlineData(4, 2, "4 base models and 8 pairs of base and seed were run. Fewer than 5 bases support no claim")]
    [InlineData(6, 1, "6 base models and 6 pairs of base and seed were run. What holds for these small bases")]
    public void Say_what_the_number_of_models_cannot_settle(int bases, int seeds, string expected)
    {
        SeedAccuracy[] runs =
        [
            .. from index in Enumerable.Range(0, bases)
            from seed in Enumerable.Range(0, seeds)
            select new SeedAccuracy($"b{index}", seed, 1, 2),
        ];

        Assert.Contains(expected, Page([MethodAccuracy.Of("LoRA", MethodRole.Adapter, 10, [.. runs])], []));
    }

    [Theory]
    [InlineData(1, -0.1, "the data do not tell the two apart")]
    [InlineData(9, -0.1, "the data do not tell the two apart")]
    [InlineData(1, 0.1, "but for 1 base model only")]
    [InlineData(4, 0.1, "but for 4 base models only")]
    [InlineData(5, 0.1, "over 5 base models: the data support a difference")]
    public void Claim_a_difference_only_over_enough_bases(int bases, double low, string expected) =>
        Assert.Contains(expected, Page([], [new("A", "B", 0.15, new(low, 0.2), bases, bases, 100)]));

    [Fact]
    public void Say_that_a_section_is_of_the_first_of_several_base_models()
    {
        StudyResults one = SmallStudy.Results;
        StudyResults two = one with
        {
            Bases = [.. one.Bases, .. one.Bases.Select(row => row with { Base = "base-1" })],
        };

        Assert.DoesNotContain("the first of", Text(one));
        Assert.Equal(
            [
                "FineTune/ and EvaluateCircuits/",
                "DiffCircuits/",
                "EvaluateCircuits/",
                "PlanRanks/",
                "PlanRanks/",
                "DiffCircuits/",
            ],
            Regex
                .Matches(
                    Text(two),
                    "<p>Of base-0, the first of 2 base models; what was measured of the others is in (.+) beside this page.</p>"
                )
                .Select(match => match.Groups[1].Value)
        );

        static string Text(StudyResults results) => Encoding.UTF8.GetString(ReportPage.Write(results));
    }

    [Fact]
    public void Tell_adapters_of_unequal_size_apart()
    {
        MethodAccuracy[] adapters =
        [
            MethodAccuracy.Of("A", MethodRole.Adapter, 1_000, [new("b0", 0, 1, 2)]),
            MethodAccuracy.Of("B", MethodRole.Adapter, 2_000, [new("b0", 0, 1, 2)]),
        ];

        Assert.Contains("between 1,000 and 2,000 parameters", Page(adapters, []));
        Assert.Contains("All adapters train exactly 1,000 parameters.", Page(adapters[..1], []));
    }

    private static string Page(MethodAccuracy[] accuracies, PairedDifference[] differences) =>
        Encoding.UTF8.GetString(
            ReportPage.Write(
                new()
                {
                    Study = "words",
                    Question = "?",
                    Accuracies = [.. accuracies],
                    Differences = [.. differences],
                    Provenance = new([], ""),
                }
            )
        );
}
