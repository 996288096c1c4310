using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Packages;

/// <summary>The same sources give the same packages.</summary>
[Collection(PackagesCollection.Name)]
public sealed class SameBytes(PackedPackages packages) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("same bytes ").FullName;

    // A name with all that has a meaning in the compiler's options.
    private string Copy => Path.Combine(_folder, "elsewhere, x=y");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Packed_again_a_package_and_its_symbols_are_the_same_file()
    {
        packages.Pack(
            Path.Combine(RepositoryRoot.Path, "src/CircuitPipeline.Circuits/CircuitPipeline.Circuits.csproj"),
            _folder
        );

        string[] files = Directory.GetFiles(_folder, "*nupkg");
        Assert.Equal(2, files.Length);
        Assert.All(
            files,
            file =>
                Assert.Equal(
                    File.ReadAllBytes(Path.Combine(packages.Feed, Path.GetFileName(file))),
                    File.ReadAllBytes(file)
                )
        );
    }

    [Slow]
    [Fact]
    public void Built_in_another_folder_without_git_the_assemblies_and_symbols_are_the_same()
    {
        // Symbols of the other configuration keep the paths, for debuggers.
        Assert.Equal("Release", PackedPackages.Configuration);
        CopySources();
        string project = Path.Combine(Copy, "src/CircuitPipeline.Tool/CircuitPipeline.Tool.csproj");

        Ended build = Started
            .Now(Copy, [], "dotnet", ["build", project, "--configuration", "Release", "--verbosity", "quiet", "-m:1"])
            .End(TimeSpan.FromMinutes(10));

        Assert.True(build.ExitCode == 0, build.Output);
        string[] files =
        [
            .. Directory
                .GetDirectories(Path.Combine(Copy, "src"))
                .Select(folder => Path.Combine(folder, "bin/Release/net10.0"))
                .Where(Directory.Exists)
                .SelectMany(folder => Directory.GetFiles(folder, "CircuitPipeline.*"))
                .Where(file => Path.GetExtension(file) is ".dll" or ".pdb" or ".xml"),
        ];
        Assert.True(files.Length > 30, $"{files.Length}");
        Assert.Empty(
            files
                .Where(file => !File.ReadAllBytes(file).AsSpan().SequenceEqual(File.ReadAllBytes(Original(file))))
                .Select(file => Path.GetRelativePath(Copy, file))
        );
    }

    private string Original(string copy) => Path.Combine(RepositoryRoot.Path, Path.GetRelativePath(Copy, copy));

    private void CopySources()
    {
        Directory.CreateDirectory(Copy);
        // A worktree's .git is a file.
        foreach (string file in Directory.GetFiles(RepositoryRoot.Path).Where(file => !file.EndsWith(".git")))
        {
            File.Copy(file, Path.Combine(Copy, Path.GetFileName(file)));
        }

        foreach (string top in (string[])["src", "build", "compat"])
        {
            foreach (
                string file in Directory.GetFiles(
                    Path.Combine(RepositoryRoot.Path, top),
                    "*",
                    SearchOption.AllDirectories
                )
            )
            {
                string relative = Path.GetRelativePath(RepositoryRoot.Path, file);
                if (relative.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
                {
                    continue;
                }

                string copy = Path.Combine(Copy, relative);
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }
    }
}
