namespace CircuitPipeline.BuildHost;

/// <summary>One option of the build.</summary>
/// <param name="Name">The name without its two hyphens.</param>
/// <param name="TakesValue">False for a flag.</param>
public sealed record BuildOption(string Name, bool TakesValue)
{
    private const string WithShortName = "target verbosity working exclusive help";

    /// <summary>Every long option that is understood: Cake's own and the tasks'.</summary>
    public static BuildOption[] All { get; } =
    [
        .. Names("target verbosity working", takesValue: true),
        .. Names("tree showtree dryrun noop whatif exclusive description help version info", takesValue: false),
        .. Names("experiment set device numerics jobs memory state-seconds filter project torch", takesValue: true),
        .. Names("update-lock fix store", takesValue: false),
    ];

    /// <summary>The name after one hyphen, which is Cake's; null where there is none.</summary>
    public string? ShortName => WithShortName.Split(' ').Contains(Name) ? Name[..1] : null;

    /// <summary>The option of an argument that begins with a hyphen, without its value; null for an unknown one.</summary>
    public static BuildOption? Find(string argument) =>
        Array.Find(All, option => argument == $"--{option.Name}" || argument == $"-{option.ShortName}");

    private static IEnumerable<BuildOption> Names(string names, bool takesValue) =>
        names.Split(' ').Select(name => new BuildOption(name, takesValue));
}
