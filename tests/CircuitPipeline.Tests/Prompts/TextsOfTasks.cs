using System.Collections.Immutable;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Prompts.PromptPairs.Paper;
using CircuitPipeline.Prompts.Tasks;
using CircuitPipeline.Testing;
using CircuitPipeline.Tests.Prompts.Tables;
using CircuitPipeline.Text.Tables;
using CircuitPipeline.Text.Tasks;
using CircuitPipeline.Text.Tokenizers;
using Xunit;

namespace CircuitPipeline.Tests.Prompts;

public sealed class TextsOfTasks
{
    private static readonly ImmutableArray<int> FiveSets = [300, 100, 100, 100, 300];

    public static TheoryData<string> Names => [.. PromptTasks.Names];

    [Fact]
    public void What_the_tokenizer_refuses_is_counted_by_its_reason()
    {
        ListedTask task = new(
            Row("a 1 =", "a 2 =", "5", "6", "1"),
            Row("a 1 =", "a 3 =", "5", "6", "1"), // drawn before
            Row("a 100 =", "a 2 =", "5", "6", "2"), // 100 is two pieces
            Row("a 3 =", "a 4 =", "100", "6", "3"),
            Row("a 5 =", "a 4 =", "6", "100", "5"),
            Row("a 6 =", "a 4 =", "7", "7", "6"),
            Row("a 7 =", "b 7 =", "8", "9", "7"),
            Row("c 7 is c", "c 7 is e", "d", "e", "8"), // merges, as it is written
            Row("a 9 =", "a 2 =", "1", "6", "9")
        );

        DrawnTexts spaced = TaskTexts.Draw(
            TaskSource.OfTexts(task),
            new PieceTokenizer(),
            AnswerForm.Spaced,
            [3],
            new SeededRandom(0)
        );
        task.Restart();
        DrawnTexts exact = TaskTexts.Draw(
            TaskSource.OfTexts(task),
            new PieceTokenizer(),
            AnswerForm.Exact,
            [2],
            new SeededRandom(0)
        );

        Assert.Equal([1, 8, 9], spaced.Rows.Usable.Select(row => row.Line));
        Assert.Equal((9, 1), (spaced.Draws, spaced.Repeated));
        Assert.Equal(
            [
                "the clean prompt has 5 tokens and the corrupted one 4",
                "the answer ' 100' has 2 tokens",
                "the answer ' 100' has 2 tokens",
                "its right and wrong answers are the same",
                "its prompts differ in their first token already",
            ],
            spaced.Rows.Unusable.Select(row => row.Reason)
        );
        Assert.Equal(2, spaced.Rows.Reasons.Max(reason => reason.Count));
        Assert.Equal(7.0 / 8, spaced.Rows.Ceiling);
        Assert.Contains(exact.Rows.Unusable, row => row.Reason == "its right answer merges with the end of the prompt");
    }

    [Fact]
    public void Sets_share_no_operands_and_a_row_of_two_sets_is_left_out()
    {
        ListedTask task = new(
            Row("a 1 =", "a 2 =", "5", "6", "x"),
            Row("a 2 =", "a 3 =", "5", "6", "y"),
            Row("a 3 =", "a 4 =", "5", "6", "x", "y"),
            Row("a 4 =", "a 5 =", "5", "6", "y", "z"),
            Row("a 5 =", "a 6 =", "5", "6", "x", "z"),
            Row("a 6 =", "a 7 =", "5", "6", "z"),
            Row("a 7 =", "a 8 =", "5", "6", "x")
        );

        DrawnTexts drawn = TaskTexts.Draw(
            TaskSource.OfTexts(task),
            new PieceTokenizer(),
            AnswerForm.Spaced,
            [2, 2],
            new SeededRandom(0)
        );

        Assert.Equal([1, 7], drawn.Sets[0].Select(row => row.Line));
        Assert.Equal([2, 4], drawn.Sets[1].Select(row => row.Line));
        Assert.Equal(
            [
                (3, "its operands are in two sets"),
                (5, "its operands are in two sets"),
                (6, "its operands are in a set that is full"),
            ],
            drawn.Rows.Unusable.Select(row => (row.Line, row.Reason))
        );
    }

    [Fact]
    public void A_task_that_has_too_few_rows_says_how_many_and_why_in_a_sentence()
    {
        ListedTask task = new(
            Row("a 1 =", "a 2 =", "5", "6", "1"),
            Row("a 3 =", "a 4 =", "100", "6", "3"),
            Row("a 5 =", "a 4 =", "101", "6", "5")
        );

        InvalidDataException error = Assert.Throws<InvalidDataException>(() =>
            TaskTexts.Draw(
                TaskSource.OfTexts(task),
                new PieceTokenizer(),
                AnswerForm.Spaced,
                [1, 1],
                new SeededRandom(0)
            )
        );

        Assert.Equal(
            "the task 'listed' gives 1 of the 2 rows that are asked for, of 20,001 draws; most often, 13,334 times, because the answer ' 100' has 2 tokens; ask for fewer rows.",
            error.Message
        );
    }

    [Fact]
    public void Years_are_for_tokenizers_that_split_them_where_the_answer_begins()
    {
        IPromptTask task = PromptTasks.Named("greater-than");
        DrawnTexts drawn = TaskTexts.Draw(
            TaskSource.OfTexts(task),
            new PieceTokenizer(), // two digits a piece
            AnswerForm.Spaced,
            [50],
            new SeededRandom(0)
        );

        Assert.Empty(drawn.Rows.Unusable);
        Assert.All(
            drawn.Rows.Usable,
            row => Assert.Equal(98, row.Pair.Answers.Length + row.Pair.CorruptedAnswers.Length)
        );

        InvalidDataException error = Assert.Throws<InvalidDataException>(() =>
            TaskTexts.Draw(TaskSource.OfTexts(task), new WholeWords(), AnswerForm.Spaced, [50], new SeededRandom(0))
        );
        Assert.Contains("is not split into '", error.Message);
    }

    [ReferenceTheory]
    [InlineData("Add_Sub_100_ft", 4_500, 4_500)]
    [InlineData("Logical_Operations_Mul_Div", 2_000, 1_798)]
    [InlineData("function_data", 5_000, 4_993)]
    [InlineData("lcm_reasoning_data", 2_500, 2_125)]
    [InlineData("sequence_reasoning_data", 5_000, 4_383)]
    [InlineData("steps_arithmetic_ft", 4_000, 3_603)]
    public void Of_the_papers_rows_the_filters_leave_as_many_for_Pythia_as_its_files_have(
        string name,
        int rows,
        int usable
    )
    {
        ListedTask task = new([
            .. PaperFile
                .Read(ReferenceFolder.File("finetune-circuits", $"{name}.csv"))
                .Rows.Select(row => Row(row.Clean, row.Corrupted, row.Label, "", row.Clean)),
        ]);
        using HuggingFaceTokenizer tokenizer = Pythias();

        DrawnTexts drawn = TaskTexts.Draw(
            TaskSource.OfTexts(task),
            tokenizer,
            AnswerForm.Spaced,
            [usable],
            new SeededRandom(0)
        );

        Assert.InRange(drawn.Draws, usable, rows);
        Assert.Throws<InvalidDataException>(() =>
        {
            task.Restart();
            TaskTexts.Draw(TaskSource.OfTexts(task), tokenizer, AnswerForm.Spaced, [usable + 1], new SeededRandom(0));
        });
    }

    [ReferenceTheory]
    [MemberData(nameof(Names))]
    public void Of_every_task_Pythia_can_be_asked_five_sets_that_share_nothing(string name)
    {
        IPromptTask task = PromptTasks.Named(name);
        using HuggingFaceTokenizer tokenizer = Pythias();

        DrawnTexts drawn = Draw();

        Assert.Equal(FiveSets, drawn.Sets.Select(set => set.Length));
        Assert.Equal(
            Enumerable.Empty<Leak>(),
            Leaks.Between([
                .. drawn.Sets.Select((set, place) => PromptSet.Of($"{place}", set.Select(row => row.Clean!))),
            ])
        );
        Assert.All(
            drawn.Rows.Usable,
            row =>
            {
                Assert.Equal(row.Pair.Clean.Length, row.Pair.Corrupted.Length);
                Assert.Equal(row.Pair.Clean[0], row.Pair.Corrupted[0]);
                Assert.Equal([.. row.Pair.Clean], tokenizer.EncodePrompt(row.Clean!).ToArray());
                Assert.Empty(row.Pair.Answers.Intersect(row.Pair.CorruptedAnswers));
                Assert.Contains(tokenizer.Decode([row.Pair.Answers[0]]).Trim(), task.AnswersTo(row.Clean!)!.Value);
            }
        );
        Assert.Equal(900, drawn.Rows.Usable.Select(row => row.Clean).Distinct().Count());
        Assert.Equal(PairsWriter.Write(drawn.Rows.Usable), PairsWriter.Write(Draw().Rows.Usable));

        DrawnTexts Draw() =>
            TaskTexts.Draw(TaskSource.OfTexts(task), tokenizer, AnswerForm.Spaced, FiveSets, new SeededRandom(5));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Of_every_task_a_study_s_own_model_can_be_asked_five_sets_that_share_nothing(string name)
    {
        IPromptTask task = PromptTasks.Named(name);
        Vocabulary words = OfAllTasks();

        DrawnTexts drawn = TaskTexts.Draw(
            TaskSource.OfWords(task, words),
            new WordLevelTokenizer(words),
            AnswerForm.Spaced,
            FiveSets,
            new SeededRandom(6)
        );

        Assert.Equal(FiveSets, drawn.Sets.Select(set => set.Length));
        Assert.Equal(
            Enumerable.Empty<Leak>(),
            Leaks.Between([
                .. drawn.Sets.Select((set, place) => PromptSet.Of($"{place}", set.Select(row => row.Clean!))),
            ])
        );
        Assert.DoesNotContain(
            drawn.Rows.Unusable,
            row => !row.Reason.StartsWith("its operands are in", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_vocabulary_without_a_task_s_words_is_told_so()
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() =>
            TaskSource.OfWords(PromptTasks.Named("pronoun"), Vocabulary.ForNumbers(140))
        );

        Assert.StartsWith(
            "the vocabulary has no 'mary' and lacks 77 of the 77 words of the task 'pronoun'",
            error.Message
        );
        Assert.Throws<InvalidDataException>(() =>
            TaskSource.OfWords(PromptTasks.Named("pronoun"), Vocabulary.ForNumbers(99))
        );
    }

    private static Vocabulary OfAllTasks() =>
        new([
            .. Enumerable.Range(0, 141).Select(number => $"{number}"),
            .. PromptTasks.All.SelectMany(task => task.Words).Distinct(),
            Vocabulary.Pad,
            Vocabulary.Eos,
        ]);

    private static HuggingFaceTokenizer Pythias() =>
        Assert.IsType<HuggingFaceTokenizer>(TokenizerFolder.Find(ReferenceFolder.File("pythia-tokenizer")));

    private static TaskText Row(string clean, string corrupted, string answer, string other, params string[] keys) =>
        new(new PromptPair(clean, corrupted, answer, other), [.. keys]);

    /// <summary>Gives rows in their order, again and again.</summary>
    private sealed class ListedTask(params TaskText[] rows) : IPromptTask
    {
        private int _next;

        public string Name => "listed";
        public string Summary => "Rows of a list.";
        public ImmutableArray<string> Words => [];
        public int? DefaultLimit => null;

        public IEnumerable<TaskItem> Items(TinyNumbers numbers) => [];

        public ImmutableArray<PromptPair> Ask(TaskItem item, TinyNumbers numbers, SeededRandom random) => [];

        public string State(TaskItem item, TinyNumbers numbers, SeededRandom random) => "";

        public string? Background(TinyNumbers numbers, SeededRandom random) => null;

        public TaskText DrawText(int limit, SeededRandom random) => rows[_next++ % rows.Length];

        public ImmutableArray<string>? AnswersTo(string prompt) => null;

        public void Restart() => _next = 0;
    }

    /// <summary>A token for each word with the blank before it.</summary>
    private sealed class WholeWords : ITokenizer
    {
        private readonly List<string> _words = [];

        public string Source => "words";
        public ImmutableArray<int> Prefix => [];

        public ImmutableArray<int> EncodePrompt(string text) => EncodeContinuation(text);

        public ImmutableArray<int> EncodeContinuation(string text) =>
            [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IdOf)];

        public string Decode(IReadOnlyList<int> ids) => string.Join(' ', ids.Select(id => _words[id]));

        private int IdOf(string word)
        {
            int id = _words.IndexOf(word);
            if (id < 0)
            {
                id = _words.Count;
                _words.Add(word);
            }

            return id;
        }
    }
}
