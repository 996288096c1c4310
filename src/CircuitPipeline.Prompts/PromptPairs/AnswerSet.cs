namespace CircuitPipeline.Prompts.PromptPairs;

/// <summary>Answers as a set: each once.</summary>
internal static class AnswerSet
{
    /// <summary>The place, from 0, of the first answer that is there before; null where each is there once.</summary>
    /// <typeparam name="T">Token ids or texts.</typeparam>
    /// <param name="answers">The answers.</param>
    internal static int? FirstRepeat<T>(IReadOnlyList<T> answers)
    {
        HashSet<T> seen = [];
        for (int place = 0; place < answers.Count; place++)
        {
            if (!seen.Add(answers[place]))
            {
                return place;
            }
        }

        return null;
    }
}
