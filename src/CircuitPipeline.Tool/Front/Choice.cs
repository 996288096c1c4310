using System.CommandLine;

namespace CircuitPipeline.Tool;

/// <summary>Makes options; all values are read as texts, so that the sentence for a wrong one is ours.</summary>
internal static class Choice
{
    internal static Option<string> Required(string name, string value, string description) =>
        new(name)
        {
            Description = description,
            HelpName = value,
            Required = true,
        };

    internal static Option<string> Optional(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value };

    internal static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    internal static Argument<string> File(string name, string description) => new(name) { Description = description };
}
