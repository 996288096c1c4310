using System.Collections.Immutable;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Testing;
using CircuitPipeline.Text.Tables;
using Xunit;

namespace CircuitPipeline.Tests.Prompts;

public sealed class LeaksBetweenFiles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    // The paper's subtask files are the two-step rows taken apart row by row.
    [ReferenceFact]
    public void The_papers_second_steps_to_test_on_are_known_in_674_of_1000_rows()
    {
        Leak leak = Assert.Single(
            Leaks.Between(SecondSteps("steps_arithmetic_ft"), SecondSteps("steps_arithmetic_circuit"))
        );

        Assert.Equal((1_000, 674, 853), (leak.AllRows, leak.SamePrompt, leak.SameOperands));
    }

    [ReferenceFact]
    public void The_papers_compositions_share_no_prompt_but_a_part_in_936_of_1000_rows()
    {
        Leak leak = Assert.Single(
            Leaks.Between(PapersRows("steps_arithmetic_ft"), PapersRows("steps_arithmetic_circuit"))
        );

        Assert.Equal((0, 936), (leak.SamePrompt, leak.SameOperands));
        Assert.Equal(["'*/' 853", "'+-' 549"], leak.Kinds.Select(kind => $"'{kind.Kind}' {kind.Rows}"));
        Assert.Equal(936, Slow(PapersRows("steps_arithmetic_ft"), PapersRows("steps_arithmetic_circuit")));
    }

    [ReferenceFact]
    public void The_papers_sums_to_find_circuits_with_have_the_numbers_of_a_difference_to_fine_tune_on_in_197_of_500_rows()
    {
        Leak leak = Assert.Single(Leaks.Between(PapersRows("Add_Sub_100_ft"), PapersRows("Add_Sub_100_circuit")));

        Assert.Equal((500, 0, 197), (leak.AllRows, leak.SamePrompt, leak.SameOperands));
    }

    [Fact]
    public void Rows_without_a_prompt_are_none() =>
        Assert.Empty(
            Leaks.Between(PromptSet.Of("one", ["", "calc 1 + 2 ="]), PromptSet.Of("two", ["", "calc 3 + 4 ="]))
        );

    [Theory]
    [InlineData("calc 97 + 35 =", "+- 97 35")]
    [InlineData("calc 35 + 97 =", "+- 97 35")]
    [InlineData("calc 97 - 35 =", "+- 97 35")]
    [InlineData("Calculate it: 444 / 37 =", "*/ 12 37")]
    [InlineData("calc ( 61 - 45 ) * 45 =", "+- 61 45", "*/ 16 45")]
    [InlineData("Calculate it: (61 - 45) * 45 =", "+- 61 45", "*/ 16 45")]
    [InlineData("Calculate it: (61 / 45) * 45 =", "/ 61 45")]
    [InlineData("Calculate it: (61 / 0) * 45 =", "/ 61 0")]
    [InlineData("The war lasted from the year 1352 to the year 13", "year 13 52")]
    [InlineData("war from 13 52 to 13", "year 13 52")]
    [InlineData("We flew to Paris, the capital of", "capital paris france")]
    [InlineData("So Mary is such a good cook, isn't", "name mary")]
    [InlineData("What is 2 + 2?")]
    [InlineData("1 + 12345678901 =")]
    [InlineData("")]
    public void A_prompt_has_the_keys_of_its_operands(string prompt, params string[] keys) =>
        Assert.Equal(keys, OperandKeys.Of(prompt));

    [Fact]
    public void Every_two_sets_are_compared_and_each_leak_is_told_once()
    {
        ImmutableArray<Leak> leaks = Leaks.Between(
            PromptSet.Of("a", ["calc 1 + 2 =", "calc 9 - 4 ="]),
            PromptSet.Of("b", ["calc 2 + 1 =", "calc 9 - 4 =", "calc ( 9 - 4 ) * 3 =", "calc 8 - 4 ="]),
            PromptSet.Of("c", ["hello"]),
            PromptSet.Of("d", ["hello", "hello"])
        );

        Assert.Equal(
            [
                "b: 3 of 4 rows are known from a: 1 by their clean prompt, 3 by their operands ('+-' 3); the first is line 1, 'calc 2 + 1 ='.",
                "d: 2 of 2 rows are known from c: 2 by their clean prompt, 0 by their operands; the first is line 1, 'hello'.",
            ],
            leaks.Select(leak => $"{leak}")
        );
    }

    [Fact]
    public void Prompts_are_read_from_any_form_by_their_texts()
    {
        string csv = Write("a.csv", "clean,corrupted,label\ncalc 1,calc 2,3\n");
        string tuning = Write("b.jsonl", """{"instruction":"","input":"calc 1","output":2}""" + "\n");
        string ids = Write("c.jsonl", """{"clean":[1],"corrupted":[2],"answers":[3],"clean_text":"calc 1"}""" + "\n");

        Assert.All([csv, tuning, ids], file => Assert.Equal("calc 1", CleanPrompts.Read(file).Prompts[0].Text));
    }

    [Theory]
    [InlineData(
        "{\"clean\":[1]}\n",
        "(1): 'clean' is a list of token ids without 'clean_text' beside it; name the model"
    )]
    [InlineData("{\"clean\":5}\n", "(1): 'clean' is neither a text nor a list of token ids.")]
    [InlineData(
        "{\"text\":\"a\"}\n",
        "(1): no column holds the clean prompt ('clean_text', 'clean', 'prompt', 'input')"
    )]
    [InlineData(
        "{\"clean\":\"a\"}\n{\"corrupted\":\"a\"}\n",
        "(2): 'clean' is neither a text nor a list of token ids."
    )]
    public void A_file_without_texts_is_refused_in_a_sentence(string content, string sentence)
    {
        string file = Write("x.jsonl", content);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => CleanPrompts.Read(file));

        Assert.Contains(sentence, error.Message);
    }

    private static PromptSet PapersRows(string name) =>
        CleanPrompts.Read(ReferenceFolder.File("finetune-circuits", $"{name}.csv"));

    // "(61 - 45) * 45 =" is "16 * 45 =" when its first step is done.
    private static PromptSet SecondSteps(string name) =>
        PromptSet.Of(
            name,
            PapersRows(name)
                .Prompts.Select(row =>
                {
                    string[] words = row.Text.Split('(')[1].Split([' ', ')'], StringSplitOptions.RemoveEmptyEntries);
                    (int first, int second) = (int.Parse(words[0]), int.Parse(words[2]));
                    int value = words[1] == "+" ? first + second : first - second;
                    return $"{row.Text.Split('(')[0]}{value} {words[3]} {words[4]} =";
                })
        );

    private static int Slow(PromptSet earlier, PromptSet later) =>
        later.Prompts.Count(row =>
            earlier.Prompts.Any(other => OperandKeysOf(other).Intersect(OperandKeysOf(row)).Any())
        );

    private static readonly Dictionary<string, ImmutableArray<string>> Known = [];

    private static ImmutableArray<string> OperandKeysOf(PromptLine row) =>
        Known.TryGetValue(row.Text, out ImmutableArray<string> keys)
            ? keys
            : Known[row.Text] = OperandKeys.Of(row.Text);

    private string Write(string name, string content)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }
}
