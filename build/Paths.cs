namespace CircuitPipeline.BuildHost;

/// <summary>Where things are in this repository.</summary>
public sealed record Paths(string Root)
{
    public string Solution => Path.Combine(Root, "CircuitPipeline.sln");

    public string Artifacts => Path.Combine(Root, "artifacts");

    public string Store => Path.Combine(Artifacts, "store");

    public string TestResults => Path.Combine(Artifacts, "test-results");

    public string Packages => Path.Combine(Artifacts, "packages");

    public string AptLog => Path.Combine(Artifacts, "apt.log");

    public string[] Libraries => [.. Projects("src").Where(project => !IsFront(project))];

    /// <summary>What a user starts: these carry everything inside, the rest of the house included.</summary>
    public string[] Fronts => [.. Projects("src").Where(IsFront)];

    public string[] Benchmarks => Projects("bench");

    public string[] TestProjects =>
        [.. Projects("tests").Where(project => NameOf(project).EndsWith("Tests", StringComparison.Ordinal))];

    /// <summary>The folders that compiling the solution fills, of every project.</summary>
    public string[] BuildOutputs =>
        [
            .. Projects("src")
                .Concat(Projects("compat"))
                .Concat(Projects("tests"))
                .Concat(Benchmarks)
                .Append(Path.Combine(Root, "build", "Build.csproj"))
                .SelectMany(project =>
                    new[] { "bin", "obj" }.Select(name => Path.Combine(Path.GetDirectoryName(project)!, name))
                )
                .Where(Directory.Exists),
        ];

    public static string NameOf(string project) => Path.GetFileNameWithoutExtension(project);

    public static string ReleaseAssembly(string project) =>
        Path.Combine(Path.GetDirectoryName(project)!, "bin", "Release", "net10.0", $"{NameOf(project)}.dll");

    private static bool IsFront(string project) =>
        NameOf(project) is "CircuitPipeline.Tool" or "CircuitPipeline.MSBuild";

    private string[] Projects(string folder) =>
        Path.Combine(Root, folder) is var path && Directory.Exists(path)
            ?
            [
                .. Directory
                    .GetDirectories(path)
                    .SelectMany(inner => Directory.GetFiles(inner, "*.csproj"))
                    .Order(StringComparer.Ordinal),
            ]
            : [];
}
