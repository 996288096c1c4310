using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Prompts.PromptPairs.Paper;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Prompts;

/// <summary>The data files that the paper's authors published, as they are.</summary>
public sealed class PaperFiles
{
    [ReferenceTheory]
    [InlineData("Add_Sub_100_ft.csv", 4_500)]
    [InlineData("Add_Sub_100_circuit.csv", 500)]
    [InlineData("Logical_Operations_Mul_Div.csv", 2_000)]
    [InlineData("sequence_reasoning_data.csv", 5_000)]
    [InlineData("lcm_reasoning_data.csv", 2_500)]
    [InlineData("function_data.csv", 5_000)]
    [InlineData("steps_arithmetic_ft.csv", 4_000)]
    [InlineData("steps_arithmetic_circuit.csv", 1_000)]
    public void Have_only_right_labels_and_every_prompt_once(string name, int count)
    {
        PaperRows rows = Read(name);

        Assert.Equal(count, rows.Rows.Length);
        Assert.Empty(rows.Problems());
        Assert.Equal(count, rows.Rows.Select(row => row.Clean).Distinct().Count());
    }

    [ReferenceTheory]
    [InlineData("Add_Sub_100_ft.csv", "Add_Sub_100_circuit.csv")]
    [InlineData("steps_arithmetic_ft.csv", "steps_arithmetic_circuit.csv")]
    public void Share_no_prompt_between_fine_tuning_and_circuits(string fineTuning, string circuit) =>
        PaperSplits.MustBeDisjoint(Read(fineTuning), Read(circuit));

    [ReferenceFact]
    public void Overlap_with_themselves_in_every_row()
    {
        PaperRows rows = Read("Add_Sub_100_circuit.csv");

        Assert.Equal(500, PaperSplits.Overlaps(rows, rows).Length);
    }

    // The twin of a two-step prompt has another third number, which 0 hides: such a pair has no logit difference.
    [ReferenceTheory]
    [InlineData("Add_Sub_100_circuit.csv", 0)]
    [InlineData("Logical_Operations_Mul_Div.csv", 0)]
    [InlineData("lcm_reasoning_data.csv", 0)]
    [InlineData("function_data.csv", 0)]
    [InlineData("steps_arithmetic_ft.csv", 29)]
    [InlineData("steps_arithmetic_circuit.csv", 5)]
    public void Make_pairs_that_differ_in_the_answer_but_for_the_two_step_prompts_of_zero(string name, int same)
    {
        PromptPair[] equal = [.. Read(name).ToPairs().Where(pair => pair.Answer == pair.CorruptedAnswer)];

        Assert.Equal(same, equal.Length);
        Assert.All(equal, pair => Assert.Equal("0", pair.Answer));
    }

    [ReferenceFact]
    public void Of_sequences_make_no_pairs_as_the_twin_is_no_sequence()
    {
        PaperRows rows = Read("sequence_reasoning_data.csv");

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => rows.ToPairs());

        Assert.EndsWith(
            "sequence_reasoning_data.csv(2): the corrupted prompt 'Derive the following sequence: 4, 8, 87, 32,' has no answer, "
                + "so the row makes no pair of answers.",
            error.Message
        );
    }

    [ReferenceFact]
    public void Give_the_rows_in_their_order()
    {
        PaperRow row = Read("function_data.csv").Rows[1];

        Assert.Equal(
            new PaperRow(
                3,
                "There is a function y=19x+293. Given x=1,2,3,4, y=312,331,350,",
                "There is a function y=19x+162. Given x=1,2,3,4, y=181,200,219,",
                "369"
            ),
            row
        );
    }

    private static PaperRows Read(string name) => PaperFile.Read(ReferenceFolder.File("finetune-circuits", name));
}
