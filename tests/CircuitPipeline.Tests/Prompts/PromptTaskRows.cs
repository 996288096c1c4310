using System.Collections.Immutable;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Prompts.Tasks;
using Xunit;

namespace CircuitPipeline.Tests.Prompts;

public sealed class PromptTaskRows
{
    private const double Share = 0.15;
    private static readonly TinyNumbers Numbers = new(140, 24);
    private static readonly Vocabulary Vocabulary = Vocabulary.ForTasks(140, PromptTasks.All);

    private static readonly SplitSpec Sizes = new()
    {
        Train = 300,
        Validation = 100,
        Circuit = 100,
        Test = 300,
    };

    public static TheoryData<string> Tasks => [.. PromptTasks.Names];

    [Fact]
    public void Names_are_in_kebab_case_and_each_is_there_once()
    {
        Assert.All(PromptTasks.Names, name => Assert.Matches("\\A[a-z]+(-[a-z]+)*\\z", name));
        Assert.Equal(PromptTasks.Names, PromptTasks.Names.Distinct());
        Assert.All(PromptTasks.All, task => Assert.Same(task, PromptTasks.Named(task.Name)));
        Assert.StartsWith(
            "'add' is no task; 'add-sub', 'mul-div', ",
            Assert.Throws<InvalidDataException>(() => PromptTasks.Named("add")).Message
        );
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Items_are_there_once_and_always_in_the_same_order(string name)
    {
        IPromptTask task = PromptTasks.Named(name);
        string[] items = [.. task.Items(Numbers).Select(TextOf)];

        Assert.Equal(items, task.Items(Numbers).Select(TextOf));
        Assert.Equal(items.Length, items.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Every_item_is_asked_in_prompts_of_one_length_with_answers_that_the_prompts_alone_say(string name)
    {
        IPromptTask task = PromptTasks.Named(name);
        SeededRandom random = new(3);
        TaskItem[] items = Some(task);
        int rows = task.Ask(items[0], Numbers, random).Length;
        Assert.True(rows > 0);
        int length = Vocabulary.Encode(task.Ask(items[0], Numbers, random)[0].Clean).Length;
        foreach (TaskItem item in items)
        {
            ImmutableArray<PromptPair> pairs = task.Ask(item, Numbers, random);
            Assert.Equal(rows, pairs.Length);
            foreach (PromptPair pair in pairs)
            {
                EncodedPair encoded = Vocabulary.Encode(pair);
                Assert.Equal(length, encoded.Clean.Length);
                Assert.Equal(encoded.Clean[0], encoded.Corrupted[0]);
                Assert.NotEmpty(encoded.CorruptedAnswers);
                MustBeRight(task, pair);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Lines_of_the_corpus_state_right_answers_in_the_words_of_the_prompts(string name)
    {
        IPromptTask task = PromptTasks.Named(name);
        SeededRandom random = new(4);
        foreach (TaskItem item in Some(task))
        {
            string line = task.State(item, Numbers, random);
            int end = line.LastIndexOf(' ');

            Assert.Equal(
                Vocabulary.Encode(task.Ask(item, Numbers, random)[0].Clean).Length + 1,
                Vocabulary.Encode(line).Length
            );
            Assert.Contains(line[(end + 1)..], task.AnswersTo(line[..end])!.Value);
        }
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Lines_of_background_are_made_of_the_vocabulary_and_are_no_prompts_with_answers(string name)
    {
        IPromptTask task = PromptTasks.Named(name);
        SeededRandom random = new(5);
        HashSet<string> stated = [];
        for (int line = 0; line < 300 && task.Background(Numbers, random) is { } text; line++)
        {
            Assert.NotEmpty(Vocabulary.Encode(text));
            stated.Add(text);
        }
        Assert.DoesNotContain(stated, text => Some(task).Any(item => task.State(item, Numbers, random) == text));
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Texts_have_answers_that_the_prompts_alone_say_and_repeat_with_the_seed(string name)
    {
        IPromptTask task = PromptTasks.Named(name);
        foreach (int limit in (int[])[task.DefaultLimit ?? 100, 10, 30, 300])
        {
            (SeededRandom random, SeededRandom again) = (new(6), new(6));
            HashSet<string> prompts = [];
            for (int row = 0; row < 300; row++)
            {
                TaskText text = task.DrawText(limit, random);
                MustBeRight(task, text.Pair);
                Assert.NotEmpty(text.Keys);
                Assert.Equal(text.Pair.Clean.Split(' ').Length, text.Pair.Corrupted.Split(' ').Length);
                Assert.Equal(text.Pair.Clean.Trim(), text.Pair.Clean);
                Assert.Equal(text.Pair.Clean.Split(' ')[0], text.Pair.Corrupted.Split(' ')[0]);
                Assert.Equal(Bytes([text.Pair]), Bytes([task.DrawText(limit, again).Pair]));
                prompts.Add(text.Pair.Clean);
            }
            Assert.True(prompts.Count > 30, $"{name} {limit}: {prompts.Count}");
        }
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Prompts_of_another_task_are_not_of_this_one(string name)
    {
        IPromptTask task = PromptTasks.Named(name);
        SeededRandom random = new(7);
        foreach (IPromptTask other in PromptTasks.All.Where(other => other != task))
        {
            Assert.Null(task.AnswersTo(other.Ask(other.Items(Numbers).First(), Numbers, random)[0].Clean));
            Assert.Null(task.AnswersTo(other.DrawText(other.DefaultLimit ?? 100, random).Pair.Clean));
        }
        Assert.Null(task.AnswersTo(""));
        Assert.Null(task.AnswersTo(" "));
        Assert.Null(task.AnswersTo("\n0"));
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Splits_hold_what_is_asked_for_and_no_key_or_prompt_crosses(string name)
    {
        IPromptTask task = PromptTasks.Named(name);
        for (int seed = 0; seed < 3; seed++)
        {
            TaskSplits splits = Draw(task, seed);
            ImmutableArray<TaskItem> corpus = TaskSplits.CorpusShare(task, Numbers, Share, new SeededRandom(seed));

            Assert.Equal(
                [("train", 300), ("validation", 100), ("circuit-1", 100), ("circuit-2", 100), ("test", 300)],
                splits.All.Select(split => (split.Name, split.Pairs.Length))
            );
            string[] prompts = [.. splits.All.SelectMany(split => split.Pairs).Select(pair => pair.Clean)];
            Assert.Equal(prompts.Length, prompts.Distinct().Count());
            Assert.NotEmpty(corpus);
            string[] keys =
            [
                .. splits
                    .All.Select(split => split.Items)
                    .Append(corpus)
                    .SelectMany(items => items.SelectMany(item => item.Keys).Distinct()),
            ];
            Assert.Equal(keys.Length, keys.Distinct().Count());
        }
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Splits_are_the_same_for_the_same_seed_and_another_train_leaves_the_others_as_they_are(string name)
    {
        IPromptTask task = PromptTasks.Named(name);
        TaskSplits splits = Draw(task, 1);
        TaskSplits fewer = TaskSplits.Draw(task, Numbers, Share, Sizes with { Train = 123 }, new SeededRandom(1));

        Assert.Equal(Bytes(All(splits)), Bytes(All(Draw(task, 1))));
        Assert.NotEqual(Bytes(All(splits)), Bytes(All(Draw(task, 2))));
        Assert.Equal(Bytes(All(splits).Skip(300)), Bytes(All(fewer).Skip(123)));
        Assert.Equal(Bytes(splits.Train.Pairs.Take(123)), Bytes(fewer.Train.Pairs));
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Rows_to_train_on_have_one_answer_that_is_right_and_all_have_one_length(string name)
    {
        IPromptTask task = PromptTasks.Named(name);
        ImmutableArray<PromptPair> train = Draw(task, 1).Train.Pairs;

        foreach (PromptPair pair in train)
        {
            Assert.Contains(Assert.Single(pair.Answers), task.AnswersTo(pair.Clean)!.Value);
            Assert.Single(pair.CorruptedAnswers);
        }
        Assert.Single(train.Select(pair => pair.Clean.Split(' ').Length).Distinct());
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void More_rows_than_there_are_are_refused_with_the_number_that_is_possible(string name)
    {
        IPromptTask task = PromptTasks.Named(name);
        SplitSpec wanted = Sizes with { Train = 1_000_000 };

        string message = Assert.Single(TaskSplits.Problems(task, Numbers, Share, wanted, new SeededRandom(1))).Message;
        string possible = message
            .Split("the other splits ")[1]
            .Split(' ')[0]
            .Replace(",", "", StringComparison.Ordinal);

        Assert.StartsWith("is 1,000,000, but beside the corpus's share and the other splits ", message);
        Assert.Contains($" rows of the task '{name}' are possible; ask for fewer rows", message);
        wanted = wanted with { Train = int.Parse(possible) };
        Assert.Empty(TaskSplits.Problems(task, Numbers, Share, wanted, new SeededRandom(1)));
        Assert.NotEmpty(
            TaskSplits.Problems(task, Numbers, Share, wanted with { Train = wanted.Train + 1 }, new SeededRandom(1))
        );
        Assert.Throws<ArgumentException>(() =>
            TaskSplits.Draw(task, Numbers, Share, Sizes with { Circuit = 0 }, new SeededRandom(1))
        );
    }

    private static TaskSplits Draw(IPromptTask task, int seed) =>
        TaskSplits.Draw(task, Numbers, Share, Sizes, new SeededRandom(seed));

    private static IEnumerable<PromptPair> All(TaskSplits splits) => splits.All.SelectMany(split => split.Pairs);

    private static byte[] Bytes(IEnumerable<PromptPair> pairs) => PairsFile.Write(pairs);

    private static string TextOf(TaskItem item) => $"{string.Join(' ', item.Operands)}: {string.Join(", ", item.Keys)}";

    // Every item of small tasks, and of large ones enough.
    private static TaskItem[] Some(IPromptTask task)
    {
        TaskItem[] items = [.. task.Items(Numbers)];
        return items.Length <= 3_000 ? items : [.. new SeededRandom(2).Shuffled(items).Take(3_000)];
    }

    private static void MustBeRight(IPromptTask task, PromptPair pair)
    {
        Assert.True(
            task.AnswersTo(pair.Clean) is { } answers && answers.ToHashSet().SetEquals(pair.Answers),
            pair.Clean
        );
        Assert.True(
            task.AnswersTo(pair.Corrupted) is { } wrong
                && wrong.Except(pair.Answers).ToHashSet().SetEquals(pair.CorruptedAnswers),
            pair.Corrupted
        );
        Assert.NotEmpty(pair.Answers);
        Assert.NotEqual(pair.Answers.Order(), pair.CorruptedAnswers.Order());
        Assert.Equal(pair.Answers.Length, pair.Answers.Distinct().Count());
        Assert.Equal(pair.CorruptedAnswers.Length, pair.CorruptedAnswers.Distinct().Count());
    }
}
