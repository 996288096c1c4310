using System.Collections.Immutable;
using CircuitPipeline.Prompts.PromptPairs;
using Xunit;

namespace CircuitPipeline.Tests.Prompts;

public sealed class DrawnPrompts
{
    public static TheoryData<IPromptPairs> Tasks =>
        [new MulDivPrompts(255), new TwoStepPrompts(255, 24), new TwoStepPrompts(100, 50)];

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Answers_are_right_and_differ_and_prompts_fit_the_vocabulary(IPromptPairs task)
    {
        foreach (PromptPair pair in DistinctPairs.Draw(task, 1_000, TinyStudy.Seed))
        {
            Assert.True(LineOracle.IsRight($"{pair.Clean} {pair.Answer}"), pair.Clean);
            Assert.True(LineOracle.IsRight($"{pair.Corrupted} {pair.CorruptedAnswer}"), pair.Corrupted);
            Assert.NotEqual(pair.Answer, pair.CorruptedAnswer);
            TinyStudy.Vocabulary.Encode(pair);
        }
    }

    [Fact]
    public void Products_and_quotients_change_the_first_number_only()
    {
        foreach (PromptPair pair in DistinctPairs.Draw(new MulDivPrompts(255), 1_000, TinyStudy.Seed))
        {
            Assert.Equal([1], ChangedPlaces(pair));
        }
    }

    [Fact]
    public void Two_steps_change_the_last_number_only()
    {
        foreach (PromptPair pair in DistinctPairs.Draw(new TwoStepPrompts(255, 24), 1_000, TinyStudy.Seed))
        {
            Assert.Equal([7], ChangedPlaces(pair));
        }
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void Pairs_are_distinct_and_the_same_for_the_same_seed(IPromptPairs task)
    {
        ImmutableArray<PromptPair> pairs = DistinctPairs.Draw(task, 500, TinyStudy.Seed);

        Assert.Equal(500, pairs.Select(pair => pair.Clean).Distinct().Count());
        Assert.Equal(pairs.AsEnumerable(), DistinctPairs.Draw(task, 500, TinyStudy.Seed));
    }

    [Fact]
    public void More_pairs_than_there_are_is_an_error()
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() =>
            DistinctPairs.Draw(new MulDivPrompts(6), 100, TinyStudy.Seed)
        );

        Assert.Equal("The task 'mul_div' has about 4 different prompts, but 100 are asked for.", error.Message);
    }

    private static IEnumerable<int> ChangedPlaces(PromptPair pair) =>
        pair
            .Clean.Split(' ')
            .Zip(pair.Corrupted.Split(' '))
            .Index()
            .Where(row => row.Item.First != row.Item.Second)
            .Select(row => row.Index);
}
