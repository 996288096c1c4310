using System.Collections.Immutable;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Prompts.Tasks;
using Xunit;

namespace CircuitPipeline.Tests.Prompts;

public sealed class WordTasks
{
    private static readonly TinyNumbers Numbers = new(140, 24);

    public static TheoryData<string, int, int> Sizes =>
        new()
        {
            { "greater-than", 679, 2 },
            { "ioi", 12_160, 4 },
            { "capital-country", 120, 10 },
            { "agreement", 870, 4 },
            { "pronoun", 60, 20 },
        };

    public static TheoryData<string> Names => [.. Sizes.Select(row => (string)row[0])];

    public static TheoryData<string> All => [.. PromptTasks.Names];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_task_has_items_enough_for_five_splits(string name, int items, int pairs)
    {
        IPromptTask task = PromptTasks.Named(name);
        TaskItem[] all = [.. task.Items(Numbers)];

        Assert.Equal(items, all.Length);
        Assert.Equal(items, all.SelectMany(item => item.Keys).Distinct().Count());
        Assert.Equal(pairs, task.Ask(all[0], Numbers, new SeededRandom(0)).Length);
        Assert.InRange(items * pairs, 900, int.MaxValue);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Prompts_of_a_task_are_distinct_and_of_one_length_in_its_own_words(string name)
    {
        IPromptTask task = PromptTasks.Named(name);
        SeededRandom random = new(7);
        HashSet<string> words = [.. task.Words, .. Enumerable.Range(0, 141).Select(number => $"{number}")];
        ImmutableArray<PromptPair> pairs = [.. task.Items(Numbers).SelectMany(item => task.Ask(item, Numbers, random))];

        Assert.Equal(task.Words.Length, task.Words.Distinct().Count());
        Assert.Equal(pairs.Length, pairs.Select(pair => pair.Clean).Distinct().Count());
        Assert.Single(pairs.SelectMany(pair => (string[])[pair.Clean, pair.Corrupted]).Select(Length).Distinct());
        Assert.Empty(
            pairs
                .SelectMany(pair =>
                    $"{pair.Clean} {pair.Corrupted} {string.Join(' ', pair.Answers)} {string.Join(' ', pair.CorruptedAnswers)}".Split(
                        ' '
                    )
                )
                .Except(words)
        );
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Answers_and_keys_follow_from_the_prompt_alone(string name)
    {
        IPromptTask task = PromptTasks.Named(name);
        SeededRandom random = new(8);
        foreach (TaskItem item in task.Items(Numbers).Where((_, place) => place % 7 == 0))
        {
            foreach (PromptPair pair in task.Ask(item, Numbers, random))
            {
                MustBeRight(task, new TaskText(pair, item.Keys));
            }
        }
        for (int draw = 0; draw < 1_000; draw++)
        {
            MustBeRight(task, task.DrawText(task.DefaultLimit ?? 0, random));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_statement_is_a_prompt_with_a_right_answer_and_a_background_line_asks_nothing(string name)
    {
        IPromptTask task = PromptTasks.Named(name);
        SeededRandom random = new(9);
        HashSet<string> words = [.. task.Words, .. Enumerable.Range(0, 141).Select(number => $"{number}")];
        foreach (TaskItem item in task.Items(Numbers).Where((_, place) => place % 5 == 0))
        {
            string line = task.State(item, Numbers, random);
            int end = line.LastIndexOf(' ');
            Assert.Contains(line[(end + 1)..], task.AnswersTo(line[..end])!.Value);
            Assert.Equal([.. item.Keys], task.KeysOf(line[..end]).ToArray());

            if (task.Background(Numbers, random) is { } background)
            {
                Assert.Empty(background.Split(' ').Except(words));
                Assert.Null(task.AnswersTo(background));
                Assert.Null(task.AnswersTo(background[..background.LastIndexOf(' ')]));
            }
        }
    }

    [Theory]
    [InlineData("greater-than", "war from 11 52 to 11", 47, "53", "99")]
    [InlineData("greater-than", "The contract lasted from the year 1352 to the year 13", 47, "53", "99")]
    [InlineData("greater-than", "The contract lasted from the year 1302 to the year 13", 97, "03", "99")]
    [InlineData("greater-than", "The contract lasted from the year 1302 to the year 14", null, "", "")]
    [InlineData("ioi", "When Amy and Laura got a snack at the house, Laura decided to give it to", 1, "Amy", "Amy")]
    [InlineData("ioi", "When Amy and Laura got a snack at the house, Mary decided to give it to", 2, "Amy", "Laura")]
    [InlineData("ioi", "mary and john at school mary gives book to", 1, "john", "john")]
    [InlineData("capital-country", "In Kabul, the capital of", 1, "Afghanistan", "Afghanistan")]
    [InlineData("capital-country", "The city of New Delhi is the capital of", 1, "India", "India")]
    [InlineData("capital-country", "we saw paris the capital of", 1, "france", "france")]
    [InlineData("agreement", "The authors that the pilot likes", 14, "are", "appear")]
    [InlineData("agreement", "the key near the tables", 3, "is", "has")]
    [InlineData("pronoun", "So Mary is such a good cook, isn't", 1, "she", "she")]
    [InlineData("pronoun", "so john is a great friend isnt", 1, "he", "he")]
    [InlineData("pronoun", "So Mary and John are friends, isn't", null, "", "")]
    public void Known_prompts_have_the_answers_of_their_source(
        string name,
        string prompt,
        int? count,
        string first,
        string last
    )
    {
        ImmutableArray<string>? answers = PromptTasks.Named(name).AnswersTo(prompt);

        Assert.Equal(count, answers?.Length);
        if (answers is { } found)
        {
            Assert.Equal((first, last), (found[0], found[^1]));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_task_takes_a_prompt_of_another_for_its_own(string name)
    {
        IPromptTask task = PromptTasks.Named(name);
        SeededRandom random = new(10);
        foreach (IPromptTask other in PromptTasks.All.Where(other => other != task))
        {
            for (int draw = 0; draw < 200; draw++)
            {
                Assert.Null(task.AnswersTo(other.DrawText(other.DefaultLimit ?? 0, random).Pair.Clean));
            }
            foreach (TaskItem item in other.Items(Numbers).Take(50))
            {
                Assert.Null(task.AnswersTo(other.Ask(item, Numbers, random)[0].Clean));
            }
        }
    }

    // The twin's answers are those of its right ones that are wrong to the clean prompt.
    private static void MustBeRight(IPromptTask task, TaskText text)
    {
        PromptPair pair = text.Pair;
        Assert.Equal(Sorted(task.AnswersTo(pair.Clean)!.Value), Sorted(pair.Answers));
        Assert.Equal(Sorted(task.AnswersTo(pair.Corrupted)!.Value.Except(pair.Answers)), Sorted(pair.CorruptedAnswers));
        Assert.Equal([.. text.Keys], task.KeysOf(pair.Clean).ToArray());
        Assert.NotEqual(pair.Clean, pair.Corrupted);
    }

    private static string[] Sorted(IEnumerable<string> answers) => [.. answers.Order(StringComparer.Ordinal)];

    private static int Length(string prompt) => prompt.Split(' ').Length;
}
