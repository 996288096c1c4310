using System.Collections.Immutable;

namespace CircuitPipeline.Tool.CommandLine;

/// <summary>What was passed over in a model's folder because the command line said so; a result without it would hide it.</summary>
/// <param name="Keys">Keys of the configuration.</param>
/// <param name="Tensors">Names of tensors, each in full.</param>
internal sealed record IgnoredNames(ImmutableArray<string> Keys, ImmutableArray<string> Tensors)
{
    private const int Named = 3;

    /// <summary>The warning's sentence.</summary>
    internal string Sentence =>
        $"ignored as the command line says, as if the model computed the same without: {string.Join("; ", Parts())}.";

    private IEnumerable<string> Parts()
    {
        if (!Keys.IsEmpty)
        {
            yield return $"of the configuration {List(Keys)}";
        }

        if (!Tensors.IsEmpty)
        {
            yield return $"of the tensors {List(Tensors)}";
        }
    }

    private static string List(ImmutableArray<string> names) =>
        string.Join(", ", names.Take(Named).Select(name => $"'{MessageText.OneLine(name)}'"))
        + (names.Length > Named ? $" and {names.Length - Named} more" : "");
}
