using System.Collections.Immutable;
using System.Globalization;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.PromptPairs;

namespace CircuitPipeline.Tool.Commands;

/// <summary>Pairs of the tasks that the study's own models learn, with the numbers that a model's vocabulary has.</summary>
internal static class PromptTasks
{
    private const string AddSub = "add-sub";
    private const string MulDiv = "mul-div";
    private const string TwoStep = "two-step";

    internal static string[] Names { get; } = [AddSub, MulDiv, TwoStep];

    /// <summary>Draws pairs with different clean prompts.</summary>
    /// <exception cref="InvalidDataException">The vocabulary has too few numbers, or the task too few prompts.</exception>
    internal static ImmutableArray<PromptPair> Draw(string task, Vocabulary vocabulary, int count, SeededRandom random)
    {
        int largest = LargestNumber(vocabulary);
        return DistinctPairs.Draw(
            task switch
            {
                AddSub => new AddSubDraws(largest),
                MulDiv => new MulDivPrompts(largest),
                _ => new TwoStepPrompts(largest, SmallLimit(largest)),
            },
            count,
            random
        );
    }

    // The numbers from 0 on, without a gap.
    private static int LargestNumber(Vocabulary vocabulary)
    {
        int numbers = vocabulary
            .Words.TakeWhile((word, place) => word == place.ToString(CultureInfo.InvariantCulture))
            .Count();
        return numbers >= 7
            ? numbers - 1
            : throw new InvalidDataException(
                $"the vocabulary begins with {numbers} numbers, but the tasks need at least those from 0 to 6 as words, in order."
            );
    }

    // The most that sums in brackets leave room for.
    private static int SmallLimit(int largest) => largest / 2;

    /// <summary>Sums and differences of any two numbers whose sum is a word.</summary>
    private sealed class AddSubDraws(int largest) : IPromptPairs
    {
        public string Name => AddSub;

        public PromptPair Draw(SeededRandom random)
        {
            int larger = random.Between(1, largest - 1);
            int smaller = random.Between(1, Math.Min(larger, largest - larger));
            return AddSubPrompts.Of(new OperandPair(larger, smaller))[random.NextCoin() ? 0 : 1];
        }
    }
}
