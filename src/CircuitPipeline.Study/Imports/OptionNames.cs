using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Imports;

/// <summary>The reader's messages name the tool's options; an experiment has keys of the same words.</summary>
internal static class OptionNames
{
    /// <summary>A message with <c>--answer-sets</c> as <c>answer_sets</c>.</summary>
    internal static string InKeys(string message) =>
        SpecKey
            .Of(typeof(PairsFileSpec))
            .OrderByDescending(key => key.Name.Length)
            .Aggregate(
                message,
                (text, key) => text.Replace($"--{key.Name.Replace('_', '-')}", key.Name, StringComparison.Ordinal)
            );
}
