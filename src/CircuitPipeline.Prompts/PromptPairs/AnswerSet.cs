using System.Collections.Immutable;

namespace CircuitPipeline.Prompts.PromptPairs;

/// <summary>Answers as a set: each once.</summary>
internal static class AnswerSet
{
    /// <summary>The place, from 0, of the first token that is there before; null where each is there once.</summary>
    /// <param name="answers">Token ids.</param>
    internal static int? FirstRepeat(ImmutableArray<int> answers)
    {
        HashSet<int> seen = [];
        for (int place = 0; place < answers.Length; place++)
        {
            if (!seen.Add(answers[place]))
            {
                return place;
            }
        }

        return null;
    }
}
