using System.Collections.Immutable;
using CircuitPipeline.Text.Tokenizers;

namespace CircuitPipeline.Text.Tables;

/// <summary>Makes token ids of answers, one for each.</summary>
/// <param name="layout">How a table writes its answers.</param>
/// <param name="options">How answers are read.</param>
/// <param name="tokenizer">The tokenizer, or an error where texts need one and there is none.</param>
internal sealed class AnswerTokens(AnswerLayout layout, PairsOptions options, Func<ITokenizer> tokenizer)
{
    // The same few answers stand in many rows.
    private readonly Dictionary<string, (ImmutableArray<int> Ids, string? Problem)> _known = [];

    /// <summary>The answers to a prompt, or why there are none.</summary>
    /// <param name="answers">The answers as they are written.</param>
    /// <param name="prompt">The prompt's text; null where it is token ids.</param>
    /// <param name="leftOut">Takes the texts that are not one token, of several answers of which others are.</param>
    /// <exception cref="InvalidDataException">The tokenizer is none for this table.</exception>
    public (ImmutableArray<int> Ids, string? Reason) Of(
        ImmutableArray<WrittenAnswer> answers,
        string? prompt,
        List<string> leftOut
    )
    {
        List<int> ids = [];
        List<string> others = [];
        string? reason = null;
        foreach (WrittenAnswer answer in answers)
        {
            if (answer.Id is int id)
            {
                ids.Add(id);
                continue;
            }

            string text = Continued(answer.Text!, prompt);
            (ImmutableArray<int> tokens, string? problem) = TokensOf(text);
            if (tokens.Length == 1 || options.FirstTokenAnswers && tokens.Length > 1)
            {
                ids.Add(tokens[0]);
                continue;
            }

            MustBeTwoDigits(text, tokens);
            others.Add(text);
            reason ??= problem ?? $"the answer '{MessageText.OneLine(text)}' has {tokens.Length} tokens";
        }

        if (ids.Count > 0)
        {
            leftOut.AddRange(others);
            return ([.. ids.Distinct()], null);
        }

        return ([], answers.Length > 1 ? $"none of its {answers.Length} answers is one token: {reason}" : reason);
    }

    /// <summary>The ids of a text that goes on after a prompt; none where the tokenizer refuses it.</summary>
    public ImmutableArray<int> IdsOf(string text) => TokensOf(text).Ids;

    /// <summary>An answer as it goes on after its prompt; two digits go on within a number.</summary>
    public string Continued(string answer, string? prompt) =>
        options.Form == AnswerForm.Spaced
        && layout != AnswerLayout.TwoDigits
        && !char.IsWhiteSpace(answer[0])
        && (prompt is null || !char.IsWhiteSpace(prompt[^1]))
            ? " " + answer
            : answer;

    private (ImmutableArray<int> Ids, string? Problem) TokensOf(string text)
    {
        if (!_known.TryGetValue(text, out (ImmutableArray<int>, string?) tokens))
        {
            ITokenizer own = tokenizer();
            try
            {
                tokens = (own.EncodeContinuation(text), null);
            }
            catch (InvalidDataException cause)
            {
                tokens = ([], cause.Message.TrimEnd('.'));
            }

            _known[text] = tokens;
        }

        return tokens;
    }

    private void MustBeTwoDigits(string text, ImmutableArray<int> tokens)
    {
        if (layout == AnswerLayout.TwoDigits)
        {
            throw new InvalidDataException(
                $"the tokenizer makes {tokens.Length} tokens of '{text}', but the rule of two-digit years needs one for each number; this task is for tokenizers like GPT-2's."
            );
        }
    }
}
