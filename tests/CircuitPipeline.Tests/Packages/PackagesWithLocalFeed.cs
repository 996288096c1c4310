using System.Runtime.InteropServices;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Packages;

/// <summary>With a feed of what this build was restored from; and what the doctor says when it cannot bring the engine.</summary>
[Collection(PackagesCollection.Name)]
public sealed class PackagesWithLocalFeed(PackedPackages packages) : PackagesAlone(packages.User)
{
    private const string NextStep =
        "put that right ('dotnet nuget list source' shows the feeds) and run 'dotnet circuit doctor --install-engine' again, or set "
        + "LIBTORCH to the folder of a libtorch that is on this machine.";
    private readonly PackageUser _user = packages.User;

    [Fact]
    public void A_feed_without_the_engine_is_one_sentence()
    {
        string folder = Directory.CreateDirectory(_user.PathOf("elsewhere")).FullName;
        File.WriteAllText(
            Path.Combine(folder, "nuget.config"),
            """<configuration><packageSources><clear /><add key="empty" value="." /></packageSources></configuration>"""
        );
        string cache = _user.PathOf("other packages");

        Ended run = Install(new() { ["PWD"] = folder, ["NUGET_PACKAGES"] = cache });

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            $"Error: The engine's packages cannot be brought into '{cache}': Unable to find a valid package version; {NextStep}",
            run.Output.TrimEnd().Split('\n')[^1]
        );
    }

    [Fact]
    public void No_SDK_on_the_path_is_one_sentence()
    {
        string shared = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));

        Ended run = Install(
            new()
            {
                ["PATH"] = "/nowhere",
                ["DOTNET_ROOT"] = shared,
                ["NUGET_PACKAGES"] = _user.PathOf("other packages"),
            }
        );

        Assert.Equal(1, run.ExitCode);
        Assert.EndsWith(", which brings the packages; put the .NET 10 SDK on the path.", run.Output.TrimEnd());
    }

    [Fact]
    public void A_libtorch_of_ones_own_is_not_installed_over()
    {
        Ended run = Install(new() { ["LIBTORCH"] = "/opt/libtorch" });

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(
            "Error: '--install-engine' cannot be used while LIBTORCH leads to '/opt/libtorch', because libtorch is then taken from there alone; "
                + "unset it, or leave '--install-engine' out.",
            run.Output.TrimEnd()
        );
    }

    [Slow]
    [Fact]
    public void Stopped_midway_it_says_so_and_the_next_run_goes_on()
    {
        Dictionary<string, string> variables = new() { ["NUGET_PACKAGES"] = _user.PathOf("stopped packages") };
        using Started install = _user.Start(variables, _user.Tool, "doctor", "--install-engine");
        install.WaitFor("Downloading package");

        install.Send(PosixSignal.SIGINT);

        Ended stopped = install.End();
        Assert.Equal(130, stopped.ExitCode);
        Assert.Contains("Error: stopped; what was finished is kept.", stopped.Output);
        Assert.Contains("ok   tensors: 1 and 2 are added to 3", Install(variables).Output);
    }

    private Ended Install(Dictionary<string, string> variables) =>
        _user.Start(variables, _user.Tool, "doctor", "--install-engine").End();
}
