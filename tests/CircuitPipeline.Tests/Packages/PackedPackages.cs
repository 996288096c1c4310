using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Packages;

/// <summary>
/// All packages of the house, packed once from what is compiled, in a folder outside the repository that is the only source of packages: a
/// restore that would need another one fails, and says so.
/// </summary>
public sealed class PackedPackages : IDisposable
{
    public const string Version = "0.1.0";
    public static readonly string Configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
    private readonly FreshProject _restored;
    private readonly Lazy<PackageUser> _user;

    public PackedPackages()
    {
        _user = new(() => new UserWithLocalFeed(this));
        Pack(Path.Combine(RepositoryRoot.Path, "CircuitPipeline.sln"), Feed);
        File.WriteAllText(
            ConfigFile,
            $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="packed" value="{Feed}" />
              </packageSources>
            </configuration>
            """
        );
        _restored = new FreshProject(this);
        MustEnd(
            Start(_restored.Root, "dotnet", "restore"),
            "A fresh project cannot be restored from the packages alone"
        );
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("packages-").FullName;

    public string Feed => Path.Combine(Root, "feed");

    public string ConfigFile => Path.Combine(Root, "nuget.config");

    /// <summary>One user for all tests, since bringing him the engine takes long.</summary>
    public PackageUser User => _user.Value;

    /// <summary>Starts a program that neither uses nor fills what the user has in his home.</summary>
    public Started Start(string folder, string program, params string[] arguments) =>
        Started.Now(folder, Variables(Path.Combine(Root, "cache")), program, arguments);

    /// <summary>What a process gets that has this folder of packages and no engine but there.</summary>
    public static Dictionary<string, string> Variables(string cache) =>
        new()
        {
            ["NUGET_PACKAGES"] = cache,
            ["LIBTORCH"] = "",
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["DOTNET_CLI_UI_LANGUAGE"] = "en",
            ["DOTNET_NOLOGO"] = "1",
        };

    public string PathOf(string package) => Path.Combine(Feed, $"{package}.{Version}.nupkg");

    /// <summary>A project that has never been restored.</summary>
    public FreshProject NewProject() => new(this);

    public FreshProject NewRestoredProject() => NewProject().RestoredAs(_restored);

    public void Dispose()
    {
        if (_user.IsValueCreated)
        {
            User.Dispose();
        }

        Directory.Delete(Root, recursive: true);
    }

    /// <summary>Packs a project or all of them; what packing writes meanwhile goes to the temporary folder too.</summary>
    public void Pack(string project, string feed)
    {
        string[] arguments =
        [
            "pack",
            project,
            "--no-build",
            "--configuration",
            Configuration,
            "--output",
            feed,
            "--verbosity",
            "quiet",
            "--nologo",
            $"-p:NuspecOutputPath={feed}/nuspec/",
            $"-p:PublishDir={feed}/tool/",
            $"-p:PublishedToolFolder={feed}/published/",
        ];
        MustEnd(Start(Root, "dotnet", arguments), $"'{project}' cannot be packed");
    }

    private static void MustEnd(Started process, string failure)
    {
        Ended ended = process.End();
        if (ended.ExitCode != 0)
        {
            throw new InvalidOperationException($"{failure}:\n{ended.Output}");
        }
    }
}

[CollectionDefinition(Name)]
public sealed class PackagesCollection : ICollectionFixture<PackedPackages>
{
    public const string Name = "packages";
}
