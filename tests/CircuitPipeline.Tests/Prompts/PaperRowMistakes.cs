using System.Text;
using CircuitPipeline.Prompts.PromptPairs.Paper;
using Xunit;

namespace CircuitPipeline.Tests.Prompts;

public sealed class PaperRowMistakes
{
    private const string Sum =
        "Calculate the result of the following arithmetic expression and provide only the final answer: ";
    private const string Lcm = "Calculate the least common multiple (LCM) of two numbers. LCM(4, 6) = ";

    [Theory]
    [InlineData(Sum + "7 + 1 =", Sum + "7 - 1 =", "8")]
    [InlineData(Sum + "3 - 5 =", Sum + "3 + 5 =", "-2")]
    [InlineData(Sum + "999999999 * 999999999 =", Sum + "1 * 999999999 =", "999999998000000001")]
    [InlineData(Sum + "84 / 7 =", Sum + "85 / 7 =", "12")]
    [InlineData(Sum + "(61 - 45) * 45 =", Sum + "(61 - 45) * 44 =", "720")]
    [InlineData(Sum + "(39 + 65) / 8 =", Sum + "(39 + 65) / 4 =", "13")]
    [InlineData(Sum + "(1 - 9) / 4 =", Sum + "(1 - 9) / 2 =", "-2")]
    [InlineData(
        Sum + "(999999999 + 999999999) * 999999999 =",
        Sum + "(999999999 + 999999999) * 1 =",
        "1999999996000000002"
    )]
    [InlineData("Derive the following sequence: 9, 7, 5, 3,", "Derive the following sequence: 9, 7, 5, 4,", "1")]
    [InlineData("Derive the following sequence: 81, 27, 9, 3,", "Derive the following sequence: 81, 27, 8, 3,", "1")]
    [InlineData("Derive the following sequence: 5, 5, 5, 5,", "Derive the following sequence: 5, 5, 5, 6,", "5")]
    [InlineData(Lcm + "12, LCM(8, 64) =", Lcm + "12, LCM(33, 99) =", "64")]
    [InlineData(
        "There is a function y=5x+75. Given x=1,2,3,4, y=80,85,90,",
        "There is a function y=5x+143. Given x=1,2,3,4, y=148,153,158,",
        "95"
    )]
    public void Are_none_in_a_right_row(string clean, string corrupted, string label) =>
        Assert.Empty(Parse(Row(clean, corrupted, label)).Problems());

    [Theory]
    [InlineData(
        Sum + "7 + 1 =",
        Sum + "7 - 1 =",
        "9",
        "the label of '…hmetic expression and provide only the final answer: 7 + 1 =' is '9', but the answer is '8'."
    )]
    [InlineData(Sum + "7 + 1 =", Sum + "7 - 1 =", "08", "' is '08', but the answer is '8'.")]
    [InlineData(Sum + "7 + 1 =", Sum + "7 - 1 =", "", "' is '', but the answer is '8'.")]
    [InlineData(Sum + "84 / 8 =", Sum + "80 / 8 =", "10", "' has no answer: its quotient is not whole.")]
    [InlineData(Sum + "84 / 0 =", Sum + "80 / 8 =", "0", "' has no answer: its quotient is not whole.")]
    [InlineData(Sum + "(7 + 1) / 3 =", Sum + "(7 + 1) / 2 =", "2", "' has no answer: its quotient is not whole.")]
    [InlineData(
        "Derive the following sequence: 8, 4, 2, 1,",
        "Derive the following sequence: 8, 4, 2, 3,",
        "0",
        "' has no answer: it is neither arithmetic nor geometric with a whole next number."
    )]
    [InlineData(
        "Derive the following sequence: 0, 0, 1, 0,",
        "Derive the following sequence: 0, 0, 0, 0,",
        "0",
        "' has no answer: it is neither arithmetic nor geometric with a whole next number."
    )]
    [InlineData(Lcm + "24, LCM(8, 64) =", Lcm + "12, LCM(3, 9) =", "64", "' has no answer: its example is 12, not 24.")]
    [InlineData(
        Lcm + "12, LCM(0, 64) =",
        Lcm + "12, LCM(3, 9) =",
        "0",
        "' has no answer: only positive numbers have a least common multiple."
    )]
    [InlineData(
        "There is a function y=5x+75. Given x=1,2,3,4, y=80,85,91,",
        "There is a function y=5x+143. Given x=1,2,3,4, y=148,153,158,",
        "95",
        "' has no answer: its value at x=3 is 90, not 91."
    )]
    [InlineData(
        Sum + "7 + 1 =",
        Sum + "7 * 1 =",
        "8",
        "the clean prompt is of the task 'add_sub' and the corrupted one of 'mul_div', but both must be of one."
    )]
    [InlineData(Sum + "7 + 1 =", Sum + "7 + 1 =", "8", "the corrupted prompt is the clean one.")]
    [InlineData(
        "What is 7 + 1?",
        Sum + "7 - 1 =",
        "8",
        "the clean prompt 'What is 7 + 1?' is of no known task; 'add_sub', 'mul_div', 'two_step', 'lcm', 'sequence', 'function' are known."
    )]
    [InlineData(Sum + "7 + 1 =", Sum + "7 - 1234567890 =", "8", "the corrupted prompt 'Calculate the result of ")]
    public void Are_named_with_what_was_found_and_what_belongs_there(
        string clean,
        string corrupted,
        string label,
        string sentence
    )
    {
        PaperProblem problem = Assert.Single(Parse(Row(clean, corrupted, label)).Problems());

        Assert.Equal(2, problem.Line);
        Assert.Contains(sentence, problem.Sentence);
        Assert.EndsWith(".", problem.Sentence);
    }

    [Fact]
    public void Are_all_named_in_the_order_of_their_lines()
    {
        string text =
            Row(Sum + "7 + 1 =", Sum + "7 - 1 =", "8")
            + Row(Sum + "9 + 1 =", Sum + "9 - 1 =", "11")
            + "ragged,row\n"
            + Row(Sum + "7 + 1 =", Sum + "7 - 1 =", "8")
            + Row(Sum + "5 - 1 =", Sum + "5 + 1 =", "4");

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Parse(text).MustBeRight());

        Assert.Equal(
            """
            f.csv(3): the label of '…hmetic expression and provide only the final answer: 9 + 1 =' is '11', but the answer is '10'.
            f.csv(4): the row has '2' fields, but 3 are expected.
            f.csv(5): the clean prompt '…hmetic expression and provide only the final answer: 7 + 1 =' stands in line 2 already.
            """,
            error.Message
        );
        Assert.Throws<InvalidDataException>(() => Parse(text).ToPairs());
    }

    [Fact]
    public void Beyond_the_fiftieth_are_counted()
    {
        string text = string.Concat(Enumerable.Range(0, 80).Select(_ => "ragged\n"));

        string[] lines = Assert.Throws<InvalidDataException>(() => Parse(text).MustBeRight()).Message.Split('\n');

        Assert.Equal(51, lines.Length);
        Assert.Equal("f.csv: 30 more rows are wrong.", lines[^1]);
    }

    [Fact]
    public void Of_overlapping_splits_name_both_places()
    {
        PaperRows first = Parse(Row(Sum + "7 + 1 =", Sum + "7 - 1 =", "8"), "ft.csv");
        PaperRows second = Parse(
            Row(Sum + "7 - 1 =", Sum + "7 + 1 =", "6") + Row(Sum + "7 + 1 =", Sum + "7 - 1 =", "8"),
            "circuit.csv"
        );

        InvalidDataException error = Assert.Throws<InvalidDataException>(() =>
            PaperSplits.MustBeDisjoint(first, second)
        );

        Assert.Matches(
            @"\Acircuit\.csv\(3\): the clean prompt '…[^\n]*: 7 \+ 1 =' stands at ft\.csv\(2\) too, but splits must be disjoint\.\z",
            error.Message
        );
    }

    private static PaperRows Parse(string rows, string source = "f.csv") =>
        PaperFile.Parse(Encoding.UTF8.GetBytes("clean,corrupted,label\n" + rows), source);

    private static string Row(string clean, string corrupted, string label) => $"\"{clean}\",\"{corrupted}\",{label}\n";
}
