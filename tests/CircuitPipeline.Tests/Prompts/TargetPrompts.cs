using CircuitPipeline.Attribution.Pairs;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.PromptPairs;
using Xunit;

namespace CircuitPipeline.Tests.Prompts;

public sealed class TargetPrompts
{
    private static readonly TargetSplits Splits = TargetSplits.Draw(TinyStudy.Corpus, TinyStudy.Splits, TinyStudy.Seed);

    [Fact]
    public void Splits_hold_exactly_the_pairs_asked_for() =>
        Assert.Equal(
            [("train", 3_300), ("validation", 500), ("circuit-1", 500), ("circuit-2", 500), ("test", 2_000)],
            Splits.Named.Select(split => (split.Name, split.Pairs.Length))
        );

    [Fact]
    public void No_unordered_pair_of_operands_is_in_two_splits_or_in_the_corpus()
    {
        System.Collections.Immutable.ImmutableArray<OperandPair> share = TargetSplits.CorpusShare(
            TinyStudy.Corpus,
            TinyStudy.Seed
        );
        IEnumerable<OperandPair>[] sets = Splits
            .Named.Select(split => split.Pairs.Select(pair => CorpusLines.Operands(pair.Clean)).Distinct())
            .ToArray();

        OperandPair[] all = sets.SelectMany(set => set).Concat(share).ToArray();

        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.Equal(3_400 + 2_393, all.Length);
    }

    [Fact]
    public void No_prompt_occurs_twice()
    {
        string[] prompts = Splits.Named.SelectMany(split => split.Pairs).Select(pair => pair.Clean).ToArray();

        Assert.Equal(prompts.Length, prompts.Distinct().Count());
    }

    [Fact]
    public void Every_answer_is_right_within_range_and_the_twin_flips_the_operator()
    {
        foreach (PromptPair? pair in Splits.Named.SelectMany(split => split.Pairs))
        {
            Assert.True(LineOracle.IsRight($"{pair.Clean} {pair.Answer}"), pair.Clean);
            Assert.True(LineOracle.IsRight($"{pair.Corrupted} {pair.CorruptedAnswer}"), pair.Corrupted);
            Assert.InRange(int.Parse(pair.Answer), 0, 255);
            Assert.NotEqual(pair.Answer, pair.CorruptedAnswer);
            Assert.Equal(pair.Clean, Flipped(pair.Corrupted));
            TinyStudy.Vocabulary.Encode(pair);
        }
    }

    [Fact]
    public void Both_operators_are_asked_equally_often() =>
        Assert.All(
            Splits.Named,
            split => Assert.Equal(split.Pairs.Length / 2, split.Pairs.Count(pair => pair.Clean.Contains('+')))
        );

    [Fact]
    public void One_operand_is_above_the_small_limit() =>
        Assert.All(
            Splits.Named.SelectMany(split => split.Pairs),
            pair => Assert.True(CorpusLines.Operands(pair.Clean) is { Larger: > 24, Smaller: >= 1 })
        );

    [Fact]
    public void Another_number_of_training_pairs_leaves_the_other_splits_as_they_are()
    {
        TargetSplits more = TargetSplits.Draw(
            TinyStudy.Corpus,
            TinyStudy.Splits with
            {
                Train = 5_001,
            },
            TinyStudy.Seed
        );

        Assert.Equal(
            Splits.Named.Skip(1).SelectMany(split => split.Pairs),
            more.Named.Skip(1).SelectMany(split => split.Pairs)
        );
        Assert.Equal(Splits.Train, more.Train.Take(3_300));
        Assert.Equal(5_001, more.Train.Length);
    }

    [Fact]
    public void Another_seed_draws_others()
    {
        TargetSplits other = TargetSplits.Draw(TinyStudy.Corpus, TinyStudy.Splits, new SeededRandom(2));

        Assert.InRange(other.Test.Intersect(Splits.Test).Count(), 0, 500);
    }

    // Counted by trying all pairs of numbers: this many rows exist, of which 15 % of the operand pairs go to the corpus.
    [Fact]
    public void The_operand_pairs_are_every_valid_one_once()
    {
        IEnumerable<OperandPair> tried =
            from a in Enumerable.Range(1, 255)
            from b in Enumerable.Range(1, 255)
            where b <= a && a > 24 && a + b <= 255 && a - b >= 0
            select new OperandPair(a, b);

        OperandPair[] pairs = OperandPairs.Pairs(TinyStudy.Corpus).ToArray();

        Assert.Equal(tried, pairs);
        Assert.Equal(
            (15_956, 2_393, 13_563),
            (
                pairs.Length,
                OperandPairs.CountInShare(TinyStudy.Corpus),
                OperandPairs.CountOutsideShare(TinyStudy.Corpus)
            )
        );
        Assert.Equal(103, pairs.Count(pair => pair.Larger == pair.Smaller));
    }

    private static string Flipped(string prompt) =>
        string.Concat(
            prompt.Select(letter =>
                letter switch
                {
                    '+' => '-',
                    '-' => '+',
                    _ => letter,
                }
            )
        );
}
