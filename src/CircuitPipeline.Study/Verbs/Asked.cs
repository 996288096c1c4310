using CircuitPipeline.Pipeline.Errors;

namespace CircuitPipeline.Study.Verbs;

/// <summary>Turns a library guard into the user's wrong input, where the value that it guards comes from the user.</summary>
internal static class Asked
{
    /// <summary>Does what was asked for.</summary>
    /// <exception cref="InvalidExperimentException">The library refused a value.</exception>
    internal static T For<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (ArgumentException refusal)
        {
            throw new InvalidExperimentException(Sentence(refusal));
        }
    }

    // .NET adds the parameter's name, which means nothing to a user.
    private static string Sentence(ArgumentException refusal) =>
        refusal.ParamName is { } name ? refusal.Message.Replace($" (Parameter '{name}')", "") : refusal.Message;
}
