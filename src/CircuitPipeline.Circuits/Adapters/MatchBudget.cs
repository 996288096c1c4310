using System.Diagnostics;
using System.Text.RegularExpressions;

namespace CircuitPipeline.Circuits.Adapters;

/// <summary>How long the expressions of one file may take: some are written so that they never end.</summary>
/// <param name="error">Makes an error of the file.</param>
internal sealed class MatchBudget(Func<string, InvalidDataException> error)
{
    private static readonly TimeSpan OfAll = TimeSpan.FromSeconds(10);

    private readonly Stopwatch _spent = new();

    /// <summary>The most for one expression and one name.</summary>
    public static TimeSpan OfOneName { get; } = TimeSpan.FromMilliseconds(200);

    public InvalidDataException Error(string sentence) => error(sentence);

    /// <summary>Matches within the time.</summary>
    public T Spend<T>(string expression, Func<T> match)
    {
        _spent.Start();
        try
        {
            return _spent.Elapsed < OfAll
                ? match()
                : throw TooSlow(expression, $"together with the others more than {OfAll.TotalSeconds} s");
        }
        catch (RegexMatchTimeoutException)
        {
            throw TooSlow(expression, $"more than {OfOneName.TotalMilliseconds} ms for the name of one module");
        }
        finally
        {
            _spent.Stop();
        }
    }

    private InvalidDataException TooSlow(string expression, string time) =>
        error(
            $"the expression '{MessageText.OneLine(expression)}' takes {time}; write it without nested repetitions, or as a list of names."
        );
}
