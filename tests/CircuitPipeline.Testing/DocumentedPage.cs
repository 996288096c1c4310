using System.Text.RegularExpressions;

namespace CircuitPipeline.Testing;

/// <summary>The README or a page of docs/, taken apart into what tests run, compile and compare.</summary>
/// <param name="Name">The page's path in the repository.</param>
/// <param name="Text">The page.</param>
public sealed partial record DocumentedPage(string Name, string Text)
{
    /// <summary>The README first, then the pages of docs/ by name.</summary>
    public static DocumentedPage[] All { get; } =
    [
        .. Directory
            .GetFiles(Path.Combine(RepositoryRoot.Path, "docs"), "*.md")
            .Where(file => !file.Contains(".received.", StringComparison.Ordinal))
            .Select(file => Path.Combine("docs", Path.GetFileName(file)))
            .Order(StringComparer.Ordinal)
            .Prepend("README.md")
            .Select(Read),
    ];

    /// <summary>The blocks between fences, in order.</summary>
    public IEnumerable<DocumentedBlock> Blocks =>
        Fence().Matches(Text).Select(fence => new DocumentedBlock(fence.Groups[1].Value, fence.Groups[2].Value));

    /// <summary>Every command of the page, in order: the lines of blocks without a language, and code in sentences that begins like one.</summary>
    public IEnumerable<string> Commands =>
        Parts()
            .Matches(Text)
            .SelectMany(part =>
                part.Groups["inline"].Success
                    ? [part.Groups["inline"].Value.ReplaceLineEndings(" ")]
                    : CommandsOf(new DocumentedBlock(part.Groups["language"].Value, part.Groups["code"].Value))
            );

    /// <summary>The page of a path.</summary>
    public static DocumentedPage Named(string name) => All.Single(page => page.Name == name);

    private static DocumentedPage Read(string name) =>
        new(name.Replace('\\', '/'), File.ReadAllText(Path.Combine(RepositoryRoot.Path, name)));

    private static IEnumerable<string> CommandsOf(DocumentedBlock block) =>
        block.Language == ""
            ? Continued()
                .Replace(block.Code, " ")
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => Comment().Replace(line, "").Trim())
            : [];

    [GeneratedRegex(@"^```([a-z]*)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    // 'dotnet cake' and 'dotnet circuit' alone name a program; with an argument they are commands.
    [GeneratedRegex(
        @"^```(?<language>[a-z]*)\n(?<code>.*?)^```$|`(?<inline>(dotnet\s+(?!(cake|circuit)`)|tests/gpu/run\.sh\s)[^`…]+)`",
        RegexOptions.Multiline | RegexOptions.Singleline
    )]
    private static partial Regex Parts();

    [GeneratedRegex(@"\s*\\\n\s*")]
    private static partial Regex Continued();

    [GeneratedRegex(@"\s+#.*$")]
    private static partial Regex Comment();
}

/// <summary>What stands between two fences.</summary>
/// <param name="Language">The word after the first fence; empty for commands.</param>
/// <param name="Code">The lines.</param>
public sealed record DocumentedBlock(string Language, string Code);
