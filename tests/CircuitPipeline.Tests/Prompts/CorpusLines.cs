using System.Security.Cryptography;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Corpora;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Prompts.Tasks;
using Xunit;

namespace CircuitPipeline.Tests.Prompts;

public sealed class CorpusLines
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_label_is_right(long seed) =>
        Assert.Empty(TinyStudy.Lines(seed).Where(line => !LineOracle.IsRight(line)).Take(5));

    [Fact]
    public void Every_line_is_made_of_the_vocabulary_and_comes_back_from_its_ids()
    {
        foreach (string line in TinyStudy.Lines())
        {
            Assert.Equal(line, TinyStudy.Vocabulary.Decode(TinyStudy.Vocabulary.Encode(line)));
        }
    }

    [Fact]
    public void Numbers_are_within_range()
    {
        IEnumerable<int> numbers = TinyStudy
            .Lines()
            .SelectMany(line => line.Split(' '))
            .Where(word => char.IsDigit(word[0]))
            .Select(int.Parse);

        Assert.Equal(Enumerable.Range(0, 256), numbers.Distinct().Order());
    }

    [Fact]
    public void Kinds_come_as_often_as_their_weights_say()
    {
        IReadOnlyList<(ICorpusLine Task, double Weight)> tasks = CorpusGenerator.Tasks(
            TinyStudy.Corpus,
            TinyStudy.Seed
        );
        double total = tasks.Sum(row => row.Weight);

        Dictionary<string, int> found = TinyStudy.Lines().CountBy(Kind).ToDictionary();

        Assert.Equal(tasks.Select(row => row.Task.Name).Order(), found.Keys.Order());
        foreach ((ICorpusLine? task, double weight) in tasks)
        {
            (double share, int n) = (weight / total, TinyStudy.Corpus.Lines);
            // Five standard deviations of the binomial distribution; the seed is fixed.
            Assert.InRange(Math.Abs(found[task.Name] - n * share), 0, 5 * Math.Sqrt(n * share * (1 - share)));
        }
    }

    [Fact]
    public void Each_kind_shows_its_variety()
    {
        string[] lines = TinyStudy.Lines();

        foreach (
            string part in (string[])
                ["tens ", "ones ", "max ", "calc ( ", " ) * ", " ) / ", "seq 1 2 4 8", "seq 4 8 12 16 20"]
        )
        {
            Assert.Contains(lines, line => line.Contains(part, StringComparison.Ordinal));
        }
        Assert.Contains(
            lines,
            line =>
                line.StartsWith("seq ")
                && line.Split(' ') is [_, var one, var two, ..]
                && int.Parse(one) > int.Parse(two)
        );
    }

    [Fact]
    public void Large_sums_use_the_share_of_the_operand_pairs_only()
    {
        HashSet<OperandPair> share = TargetSplits.CorpusShare(TinyStudy.Corpus, TinyStudy.Seed).ToHashSet();

        HashSet<OperandPair> used = TinyStudy
            .Lines()
            .Where(line => Kind(line) == "add_sub_large")
            .Select(Operands)
            .ToHashSet();

        Assert.Equal(2_393, share.Count);
        Assert.Subset(share, used);
        Assert.True(used.Count > 1_000);
    }

    [Fact]
    public void Another_weight_leaves_the_lines_of_the_other_kinds_as_they_are()
    {
        CorpusSpec fewer = TinyStudy.Corpus with
        {
            Weights = TinyStudy.Corpus.Weights with { Maximum = 0, Digits = 5 },
        };

        IEnumerable<string> before = TinyStudy.Lines().Where(line => Kind(line) == "mul_div").Take(500);
        IEnumerable<string> after = CorpusGenerator
            .Lines(fewer, TinyStudy.Seed)
            .Where(line => Kind(line) == "mul_div")
            .Take(500);

        Assert.Equal(before, after);
        Assert.DoesNotContain("maximum", CorpusGenerator.Lines(fewer, TinyStudy.Seed).Take(2_000).Select(Kind));
    }

    [Fact]
    public void What_was_drawn_from_the_seed_before_does_not_matter()
    {
        SeededRandom used = TinyStudy.Seed;
        used.Between(1, 6);

        Assert.Equal(TinyStudy.Lines().Take(100), CorpusGenerator.Lines(TinyStudy.Corpus, used).Take(100));
    }

    [Fact]
    public void State_items_of_the_share_of_each_prompt_task_and_leave_the_other_lines_as_they_are()
    {
        CorpusSpec spec = TinyStudy.Corpus with
        {
            Tasks =
            [
                .. PromptTasks.Names.Select(name => new CorpusTask
                {
                    Task = name,
                    Weight = 1,
                    Share = 0.2,
                }),
            ],
            Lines = 40_000,
        };
        Vocabulary vocabulary = spec.ToVocabulary();

        string[] lines = [.. CorpusGenerator.Lines(spec, TinyStudy.Seed)];

        Assert.Empty(spec.Problems());
        Assert.Equal(40_000, Corpus.OfText(lines, vocabulary).LineCount);
        Assert.Equal(
            TinyStudy.Lines().Where(line => line.StartsWith("max ", StringComparison.Ordinal)).Take(500),
            lines.Where(line => line.StartsWith("max ", StringComparison.Ordinal)).Take(500)
        );
        Assert.Contains(lines, line => line.StartsWith("lcm ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("fun ", StringComparison.Ordinal));
        SplitSpec sizes = TinyStudy.Splits with { Train = 100, Validation = 50, Circuit = 50, Test = 100 };
        HashSet<string> stated = [.. lines.Select(line => line[..line.LastIndexOf(' ')])];
        foreach (IPromptTask task in (IPromptTask[])[new Lcm(), new LinearFunction()])
        {
            TaskSplits splits = TaskSplits.Draw(task, TinyNumbers.Of(spec), 0.2, sizes, TinyStudy.Seed);
            Assert.DoesNotContain(splits.All.SelectMany(split => split.Pairs), pair => stated.Contains(pair.Clean));
        }
    }

    // As they were before there were prompt tasks.
    [Fact]
    public void Of_older_experiments_keep_their_bytes()
    {
        Assert.Equal(
            "07edac0cd1aaa7bb",
            Start(CorpusFile.Write(CorpusGenerator.Generate(TinyStudy.Corpus, TinyStudy.Vocabulary, TinyStudy.Seed)))
        );
        TargetSplits target = TargetSplits.Draw(TinyStudy.Corpus, TinyStudy.Splits, TinyStudy.Seed);
        Assert.Equal("a208d13017b85114", Start(PairsFile.Write(target.Named.SelectMany(split => split.Pairs))));
        Assert.Equal(
            "7a7e00b6fd7d009b",
            Start(PairsFile.Write(DistinctPairs.Draw(new MulDivPrompts(255), 1_000, TinyStudy.Seed)))
        );

        static string Start(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];
    }

    [Theory]
    [InlineData(100, 1)]
    [InlineData(100, 50)]
    [InlineData(1_000, 500)]
    public void The_smallest_and_largest_numbers_work(int maxNumber, int smallLimit)
    {
        CorpusSpec spec = TinyStudy.Corpus with { MaxNumber = maxNumber, SmallLimit = smallLimit, Lines = 3_000 };
        Vocabulary vocabulary = Vocabulary.ForNumbers(maxNumber);

        string[] lines = CorpusGenerator.Lines(spec, TinyStudy.Seed).ToArray();

        Assert.Empty(spec.Problems());
        Assert.All(lines, line => Assert.True(LineOracle.IsRight(line), line));
        Assert.Equal(3_000, Corpus.OfText(lines, vocabulary).LineCount);
    }

    internal static OperandPair Operands(string line)
    {
        string[] words = line.Split(' ');
        (int first, int second) = (int.Parse(words[1]), int.Parse(words[3]));
        return new OperandPair(Math.Max(first, second), Math.Min(first, second));
    }

    private static string Kind(string line) =>
        line.Split(' ') switch
        {
            ["seq", ..] => "sequences",
            ["max", ..] => "maximum",
            ["tens" or "ones", ..] => "digits",
            ["calc", "(", ..] => "two_step",
            ["calc", _, "*" or "/", ..] => "mul_div",
            ["calc", ..] when Operands(line).Larger > 24 => "add_sub_large",
            _ => "add_sub_small",
        };
}
