namespace CircuitPipeline.Testing;

/// <summary>A command of README or docs that no test runs as it stands, and the test that covers it instead.</summary>
/// <param name="Command">The command.</param>
/// <param name="Test">The test, CLASS.METHOD.</param>
public sealed record CommandTestedElsewhere(string Command, string Test)
{
    public const string List = "tests/CommandsTestedElsewhere.txt";

    public static CommandTestedElsewhere[] All { get; } =
    [
        .. File.ReadLines(Path.Combine(RepositoryRoot.Path, List))
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split(" => "))
            .Select(parts => new CommandTestedElsewhere(parts[0].Trim(), parts[1].Trim())),
    ];
}
