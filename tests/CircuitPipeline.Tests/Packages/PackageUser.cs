namespace CircuitPipeline.Tests.Packages;

/// <summary>Somebody who has the SDK, the packed packages and feeds for the others, and whose own folder of packages is empty.</summary>
public abstract class PackageUser : IDisposable
{
    private readonly Lazy<string> _tool;
    private readonly Lazy<Ended> _engine;
    private readonly Lazy<Ended> _library;

    /// <param name="packages">The packed ones.</param>
    /// <param name="feeds">The sources of his NuGet configuration beside the packed packages, as XML.</param>
    protected PackageUser(PackedPackages packages, Func<string, string> feeds)
    {
        File.WriteAllText(
            PathOf("nuget.config"),
            $"""
            <configuration>
              <packageSources>
                {feeds(Root)}
                <add key="packed" value="{packages.Feed}" />
              </packageSources>
            </configuration>
            """
        );
        _tool = new(InstallTool);
        _engine = new(() => Run(Tool, "doctor", "--install-engine"));
        _library = new(RunLibrary);
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("package user-").FullName;

    public string Cache => PathOf("packages");

    /// <summary>The command that installing the tool's package gave.</summary>
    public string Tool => _tool.Value;

    /// <summary>The doctor's first run, which brings the engine.</summary>
    public Ended Engine => _engine.Value;

    /// <summary>The program that refers to the libraries, run after the engine is there; it leaves a model folder and pairs.</summary>
    public Ended Library => _library.Value;

    public string PathOf(string name) => Path.Combine(Root, name);

    public Ended Run(string program, params string[] arguments)
    {
        Ended run = Start([], program, arguments).End();
        return run.ExitCode == 0
            ? run
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}:\n{run.Output}");
    }

    /// <summary>Starts a program in his folder, with these variables beside the usual ones.</summary>
    public Started Start(Dictionary<string, string> variables, string program, params string[] arguments)
    {
        Dictionary<string, string> all = PackedPackages.Variables(Cache);
        foreach ((string name, string value) in variables)
        {
            all[name] = value;
        }

        return Started.Now(variables.GetValueOrDefault("PWD", Root), all, program, arguments);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private string InstallTool()
    {
        Run(
            "dotnet",
            "tool",
            "install",
            "CircuitPipeline.Tool",
            "--version",
            PackedPackages.Version,
            "--tool-path",
            "tool"
        );
        return PathOf("tool/dotnet-circuit");
    }

    private Ended RunLibrary()
    {
        _ = Engine;
        LibraryProgram.Write(PathOf("program"));
        File.WriteAllText(
            PathOf("pairs.jsonl"),
            """
            {"clean": [1, 2, 3, 4], "corrupted": [1, 5, 3, 4], "answers": [6], "corrupted_answers": [7]}
            {"clean": [8, 2, 3, 4], "corrupted": [8, 9, 3, 4], "answers": [7], "corrupted_answers": [10]}

            """
        );
        return Run("dotnet", "run", "--project", "program");
    }
}

/// <summary>His feed has what this build was restored from, so that nothing is downloaded.</summary>
public sealed class UserWithLocalFeed(PackedPackages packages)
    : PackageUser(
        packages,
        root =>
        {
            RestoredPackages.LinkInto(Path.Combine(root, "feed"));
            return """<clear /><add key="restored" value="feed" />""";
        }
    );

/// <summary>His feeds are those of the machine.</summary>
public sealed class UserWithFeeds(PackedPackages packages) : PackageUser(packages, _ => "");
