using System.Collections.Immutable;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Prompts.PromptPairs.Paper;
using CircuitPipeline.Prompts.Tasks;
using Xunit;

namespace CircuitPipeline.Tests.Prompts;

public sealed class NumberTasks
{
    private static readonly TinyNumbers Numbers = new(140, 24);
    private static readonly SplitSpec Sizes = new()
    {
        Train = 300,
        Validation = 100,
        Circuit = 100,
        Test = 300,
    };

    [Fact]
    public void Have_these_items() =>
        Assert.Equal(
            "add-sub 4600, mul-div 579, sequence 2778, lcm 1118, function 1980, two-step 14457",
            string.Join(
                ", ",
                ((string[])["add-sub", "mul-div", "sequence", "lcm", "function", "two-step"]).Select(name =>
                    $"{name} {PromptTasks.Named(name).Items(Numbers).Count()}"
                )
            )
        );

    [Theory]
    [InlineData("add-sub", "calc 97 + 35 =", "132")]
    [InlineData("mul-div", "calc 42 / 7 =", "6")]
    [InlineData("sequence", "seq 4 8 12 16", "20")]
    [InlineData("sequence", "seq 48 24 12 6", "3")]
    [InlineData("lcm", "lcm 4 6 =", "12")]
    [InlineData("function", "fun 1 8 2 11 3 14 4", "17")]
    [InlineData("two-step", "calc ( 3 + 4 ) * 2 =", "14")]
    public void Write_these_words(string name, string prompt, string answer)
    {
        IPromptTask task = PromptTasks.Named(name);
        SeededRandom random = new(1);

        Assert.Equal(answer, Assert.Single(task.AnswersTo(prompt)!.Value));
        Assert.Contains(
            task.Items(Numbers).SelectMany(item => task.Ask(item, Numbers, random)),
            pair => pair.Clean == prompt && pair.Answer == answer
        );
    }

    [Fact]
    public void Say_that_a_prompt_has_no_answer()
    {
        Assert.Empty(new Sequence().AnswersTo("seq 4 8 16 33")!.Value);
        Assert.Empty(new LinearFunction().AnswersTo("fun 1 8 2 11 3 15 4")!.Value);
        Assert.Empty(new MulDiv().AnswersTo("calc 42 / 5 =")!.Value);
        Assert.Null(new LinearFunction().AnswersTo("fun 1 8 2 11 3 14 x"));
        Assert.Null(new Lcm().AnswersTo("lcm 4 x ="));
    }

    [Theory]
    [InlineData("add-sub", 100)]
    [InlineData("add-sub", 500)]
    [InlineData("mul-div", 200)]
    [InlineData("sequence", 500)]
    [InlineData("lcm", 100)]
    [InlineData("function", 500)]
    [InlineData("two-step", 100)]
    public void Are_drawn_as_texts_that_the_papers_files_could_hold(string name, int limit)
    {
        SeededRandom random = new(2);
        PromptPair[] pairs =
        [
            .. Enumerable
                .Range(0, 1_500)
                .Select(_ => PromptTasks.Named(name).DrawText(limit, random).Pair)
                .DistinctBy(pair => pair.Clean),
        ];
        string csv = string.Concat(
            pairs
                .Select(pair => $"\"{pair.Clean}\",\"{pair.Corrupted}\",{pair.Answer}\n")
                .Prepend("clean,corrupted,label\n")
        );

        PaperRows rows = PaperFile.Parse(System.Text.Encoding.UTF8.GetBytes(csv), "f");

        Assert.Empty(rows.Problems());
        Assert.Equal(pairs.Length, rows.Rows.Length);
    }

    [Fact]
    public void Signs_of_texts_are_balanced()
    {
        SeededRandom random = new(3);
        foreach (
            (IPromptTask task, string sign) in ((IPromptTask, string)[])
                [(new AddSub(), " + "), (new MulDiv(), " * "), (new TwoStep(), " * ")]
        )
        {
            // Six standard deviations.
            Assert.InRange(
                Enumerable
                    .Range(0, 2_000)
                    .Count(_ => task.DrawText(100, random).Pair.Clean.Contains(sign, StringComparison.Ordinal)),
                866,
                1_134
            );
        }
    }

    [Fact]
    public void The_target_of_a_study_is_the_task_of_sums_and_differences()
    {
        TargetSplits target = TargetSplits.Draw(TinyStudy.Corpus, TinyStudy.Splits, TinyStudy.Seed);
        TaskSplits task = TaskSplits.Draw(
            new AddSub(),
            TinyNumbers.Of(TinyStudy.Corpus),
            0.15,
            TinyStudy.Splits,
            TinyStudy.Seed
        );

        Assert.Equal(target.Named.SelectMany(split => split.Pairs), task.All.SelectMany(split => split.Pairs));
    }

    [Fact]
    public void A_composition_asks_steps_that_its_parts_ask_in_the_same_set_or_not_at_all()
    {
        TwoStep task = new();
        for (int seed = 0; seed < 3; seed++)
        {
            TaskSplits whole = TaskSplits.Draw(task, Numbers, 0.15, Sizes, new SeededRandom(seed));
            Dictionary<string, string> places = [];
            foreach (
                TaskSplit split in task.Parts.SelectMany(part =>
                    TaskSplits.Draw(part, Numbers, 0.15, Sizes, new SeededRandom(seed)).All
                )
            )
            {
                split
                    .Items.SelectMany(item => item.Keys)
                    .Distinct()
                    .ToList()
                    .ForEach(key => places.Add(key, split.Name));
            }

            int found = 0;
            foreach (TaskSplit split in whole.All)
            {
                foreach (string key in split.Items.SelectMany(item => item.Keys).Where(places.ContainsKey))
                {
                    Assert.Equal(split.Name, places[key]);
                    found++;
                }
            }
            Assert.True(found > 500);
        }
    }

    [Fact]
    public void Shares_of_parts_that_are_others_are_kept_to()
    {
        TwoStep task = new();
        Dictionary<string, double> shares = new() { ["mul-div"] = 0.3, ["two-step"] = 0.15 };
        HashSet<string> stated =
        [
            .. TaskSplits.CorpusShare(new MulDiv(), Numbers, 0.3, new SeededRandom(1)).SelectMany(item => item.Keys),
        ];
        SplitSpec few = Sizes with { Train = 50, Validation = 50, Circuit = 50, Test = 50 };

        TaskSplits whole = TaskSplits.Draw(task, Numbers, 0.15, few, new SeededRandom(1), shares);

        Assert.DoesNotContain(
            whole.All.SelectMany(split => split.Items).SelectMany(item => item.Keys),
            stated.Contains
        );
        Assert.All(
            TaskSplits.CorpusShare(task, Numbers, 0.15, new SeededRandom(1), shares),
            item =>
                Assert.True(
                    !new MulDiv().Items(Numbers).Any(part => part.Keys[0] == item.Keys[1])
                        || stated.Contains(item.Keys[1])
                )
        );
    }

    [Fact]
    public void A_compositions_parts_have_its_rows_in_its_order_and_no_prompt_crosses()
    {
        TwoStep task = new();
        TaskSplits whole = TaskSplits.Draw(task, Numbers, 0.15, Sizes, new SeededRandom(1));
        Vocabulary vocabulary = Vocabulary.ForTasks(140, [task]);
        for (int part = 0; part < 2; part++)
        {
            TaskSplits parts = whole.PartOf(task, part);
            foreach ((TaskSplit rows, TaskSplit wholes) in parts.All.Zip(whole.All))
            {
                Assert.Equal(wholes.Pairs.Length, rows.Pairs.Length);
                foreach (PromptPair pair in rows.Pairs)
                {
                    vocabulary.Encode(pair);
                    Assert.Equal(pair.Answer, Assert.Single(task.Parts[part].AnswersTo(pair.Clean)!.Value));
                    Assert.Equal(
                        pair.CorruptedAnswer,
                        Assert.Single(task.Parts[part].AnswersTo(pair.Corrupted)!.Value)
                    );
                    Assert.NotEqual(pair.Clean, pair.Corrupted);
                }
            }
            string[] prompts = [.. parts.All.SelectMany(split => split.Pairs.Select(pair => pair.Clean).Distinct())];
            Assert.Equal(prompts.Length, prompts.Distinct().Count());
        }
        Assert.All(
            whole.Test.Pairs.Zip(whole.PartOf(task, 1).Test.Pairs),
            row =>
                Assert.Equal(
                    (row.First.Answer, row.First.CorruptedAnswer),
                    (row.Second.Answer, row.Second.CorruptedAnswer)
                )
        );
    }

    [Fact]
    public void A_composition_in_text_is_taken_apart_in_text()
    {
        ImmutableArray<PromptPair> parts = new TwoStep().Apart(
            new PromptPair(Text("(16 + 45) * 45 ="), Text("(16 + 45) * 3 ="), "2745", "183")
        );

        Assert.Equal(
            [
                new PromptPair(Text("45 + 16 ="), Text("45 - 16 ="), "61", "29"),
                new PromptPair(Text("61 * 45 ="), Text("61 * 3 ="), "2745", "183"),
            ],
            parts.AsEnumerable()
        );
        Assert.Throws<ArgumentException>(() => new TwoStep().Apart(new PromptPair("1", "2", "3", "4")));

        static string Text(string expression) =>
            $"Calculate the result of the following arithmetic expression and provide only the final answer: {expression}";
    }
}
