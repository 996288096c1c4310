using System.CommandLine;

namespace CircuitPipeline.Tool.CommandLine;

/// <summary>Makes options; all values are read as texts, so that the sentence for a wrong one is ours.</summary>
internal static class OptionFactory
{
    internal static Option<string> Required(string name, string value, string description) =>
        new(name)
        {
            Description = description,
            HelpName = value,
            Required = true,
        };

    internal static Option<string> Required(string name, IEnumerable<string> allowed, string description) =>
        Required(name, string.Join('|', allowed), description);

    internal static Option<string> Optional(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value };

    internal static Option<string> Optional(string name, IEnumerable<string> allowed, string description) =>
        Optional(name, string.Join('|', allowed), description);

    internal static Option<string[]> Repeated(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value };

    internal static Option<bool> Flag(string name, string description) => new(name) { Description = description };

    internal static Argument<string> File(string name, string description) => new(name) { Description = description };
}
