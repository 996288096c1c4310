using CircuitPipeline.Testing;
using CircuitPipeline.Tests.Packages;
using Xunit;

namespace CircuitPipeline.Tests.BuildHost;

/// <summary>What git says of a clone after a build: nothing, whatever packages the feed had; but a lock file that is to be committed is seen.</summary>
public sealed class CleanClone : IDisposable
{
    private readonly string _clone = Directory.CreateTempSubdirectory("clone-").FullName;

    public CleanClone()
    {
        File.Copy(Path.Combine(RepositoryRoot.Path, ".gitignore"), Path.Combine(_clone, ".gitignore"));
        foreach (string supply in Committed)
        {
            Write($"build/locks/{supply}/Build.lock.json");
        }

        Git("init", "--quiet");
        Git("add", "--all");
        Git(
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@b",
            "-c",
            "commit.gpgsign=false",
            "commit",
            "--quiet",
            "--message",
            "all"
        );
    }

    private static string[] Committed =>
        [
            .. File.ReadAllLines(Path.Combine(RepositoryRoot.Path, ".gitignore"))
                .Where(line => line.StartsWith("!/build/locks/"))
                .Select(line => line["!/build/locks/".Length..].TrimEnd('/')),
        ];

    public void Dispose() => Directory.Delete(_clone, recursive: true);

    [Fact]
    public void Is_clean_after_a_build_from_a_feed_whose_lock_files_are_not_committed()
    {
        foreach (string supply in (string[])["win-x64.torch-cpu", "linux-x64.torch-cuda", "linux-x64.torch-cpu"])
        {
            Write($"build/locks/{supply}.frosting-nuget.verify-nuget/Build.lock.json");
        }

        string[] others =
        [
            "supply.props",
            "artifacts/tiny/report.html",
            "tools/packages.config",
            "build/bin/Build.dll",
            "src/CircuitPipeline.Circuits/obj/project.assets.json",
            "tests/CircuitPipeline.Tests/A.received.txt",
        ];
        foreach (string other in others)
        {
            Write(other);
        }

        Assert.Equal("", Git("status", "--porcelain", "--untracked-files=all"));
    }

    [Fact]
    public void Shows_the_lock_file_of_a_new_project_and_a_changed_one()
    {
        string supply = Committed[0];
        Write($"build/locks/{supply}/New.lock.json");
        Write($"build/locks/{supply}/Build.lock.json", "changed");

        Assert.Equal(
            $" M build/locks/{supply}/Build.lock.json\n?? build/locks/{supply}/New.lock.json",
            Git("status", "--porcelain", "--untracked-files=all")
        );
    }

    [Fact]
    public void Has_the_lock_files_of_every_supply_that_is_not_ignored()
    {
        Assert.NotEmpty(Committed);
        Assert.All(
            Committed,
            supply =>
                Assert.True(File.Exists(Path.Combine(RepositoryRoot.Path, "build/locks", supply, "Build.lock.json")))
        );
    }

    private void Write(string name, string text = "")
    {
        string file = Path.Combine(_clone, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private string Git(params string[] arguments)
    {
        Ended git = Started.Now(_clone, [], "git", arguments).End();
        Assert.True(git.ExitCode == 0, git.Output);
        return git.Output.TrimEnd().Replace("\r\n", "\n");
    }
}
