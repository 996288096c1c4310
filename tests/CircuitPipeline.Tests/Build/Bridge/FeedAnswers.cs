using System.IO.Compression;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.BuildHost.Bridge;

/// <summary>What the words of <c>dotnet restore</c> mean, and that feeds of each kind really say them.</summary>
public sealed class FeedAnswers : IDisposable
{
    private static readonly string[] Packages = ["Cake.Frosting", "Verify.Xunit"];
    private readonly string _root = Directory.CreateTempSubdirectory("feed-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("/x/probe-Verify.Xunit.csproj : error NU1101: Unable to find package Verify. [/x/probe.slnx]")]
    [InlineData("/x/probe-Verify.Xunit.csproj : error NU1102: Unable to find package Verify.Xunit with version (= 1)")]
    [InlineData("C:\\x\\probe-Verify.Xunit.csproj : error NU1103: Unable to find a stable package")]
    [InlineData("error NU1100: Unable to resolve")]
    public void A_code_about_the_package_or_what_it_needs_means_that_the_feed_cannot_supply_it(string output)
    {
        FeedAnswer answer = Read(output);

        Assert.Equal((false, false), (answer.IsThere, answer.IsUnreachable));
        Assert.StartsWith("the feed cannot supply Verify.Xunit 31.12.5 (NU1", answer.Why);
    }

    [Theory]
    [InlineData(
        "/x/probe-Verify.Xunit.csproj : error NU1301: Unable to load\n/x/probe-Verify.Xunit.csproj : error NU1101: no"
    )]
    [InlineData("error NU1301: Unable to load the service index for source")]
    [InlineData("MSB1003: no project")]
    [InlineData("/x/probe-Verify.Xunit.csproj : warning NU1603: depends on")]
    public void Anything_else_says_nothing_about_the_package(string output)
    {
        FeedAnswer answer = Read(output);

        Assert.Equal((false, true), (answer.IsThere, answer.IsUnreachable));
    }

    [Fact]
    public void A_restore_that_failed_for_another_package_alone_has_this_one() =>
        Assert.True(
            Read(
                "/x/probe-Verify.Xunit.csproj : warning NU1603: depends on\n"
                    + "/x/Verify.Xunit/probe-Cake.Frosting.csproj : error NU1101: Unable to find package Cake.Frosting."
            ).IsThere
        );

    [Fact]
    public void A_warning_does_not_matter_when_the_restore_succeeded() =>
        Assert.True(FeedAnswer.Of("Verify.Xunit", "31.12.5", 0, "warning NU1603: depends on").IsThere);

    [Fact]
    public void An_empty_feed_answers_that_it_has_neither() =>
        Assert.Equal(
            [
                "the feed cannot supply Cake.Frosting 7.0.0 (NU1101)",
                "the feed cannot supply Verify.Xunit 31.12.5 (NU1101)",
            ],
            Ask(Feed()).Select(answer => answer.Why)
        );

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_feed_with_one_of_them_answers_for_each(int had)
    {
        FeedAnswer[] answers = Ask(Feed(Package(Packages[had], had == 0 ? "7.0.0" : "31.12.5")));

        Assert.True(answers[had].IsThere, answers[had].Why);
        Assert.Equal((false, false), (answers[1 - had].IsThere, answers[1 - had].IsUnreachable));
    }

    [Fact]
    public void A_package_without_what_it_needs_is_as_good_as_none()
    {
        FeedAnswer[] answers = Ask(
            Feed(Package("Cake.Frosting", "7.0.0"), Package("Verify.Xunit", "31.12.5", needs: "Verify"))
        );

        Assert.Equal([true, false], answers.Select(answer => answer.IsThere));
        Assert.Equal("the feed cannot supply Verify.Xunit 31.12.5 (NU1101)", answers[1].Why);
    }

    [Fact]
    public void A_feed_that_is_down_is_told_from_one_that_lacks_the_packages() =>
        Assert.All(
            Ask("http://127.0.0.1:9/v3/index.json"),
            answer =>
                Assert.Equal("the package feed cannot be reached (NU1301); it is asked again next time", answer.Why)
        );

    // As 'dotnet restore' does when it is told to end.
    [Fact]
    public void A_restore_that_ends_well_but_restored_nothing_is_no_answer()
    {
        FeedAnswer[] answers = Ask(_root, program: "true");

        Assert.All(answers, answer => Assert.True(answer is { IsThere: false, IsUnreachable: true }));
        Assert.Equal(
            "the package feed cannot be reached ('dotnet restore' was stopped); it is asked again next time",
            answers[0].Why
        );
    }

    private static FeedAnswer Read(string output) => FeedAnswer.Of("Verify.Xunit", "31.12.5", 1, output);

    private string Feed(params Action<string>[] packages)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_root, "feed")).FullName;
        Array.ForEach(packages, package => package(folder));
        return folder;
    }

    /// <summary>Writes an empty package into a feed.</summary>
    private static Action<string> Package(string name, string version, string? needs = null) =>
        feed =>
        {
            string dependency = needs is null ? "" : $"<dependency id='{needs}' version='{version}' />";
            using ZipArchive zip = ZipFile.Open(Path.Combine(feed, $"{name}.{version}.nupkg"), ZipArchiveMode.Create);
            using StreamWriter nuspec = new(zip.CreateEntry($"{name}.nuspec").Open());
            nuspec.Write(
                $"""
                <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
                  <metadata>
                    <id>{name}</id>
                    <version>{version}</version>
                    <authors>a test</authors>
                    <description>Nothing.</description>
                    <dependencies><group targetFramework="net10.0">{dependency}</group></dependencies>
                  </metadata>
                </package>
                """
            );
        };

    private FeedAnswer[] Ask(string feed, string program = "dotnet")
    {
        File.Copy(
            Path.Combine(RepositoryRoot.Path, "Directory.Packages.props"),
            Path.Combine(_root, "Directory.Packages.props")
        );
        File.WriteAllText(
            Path.Combine(_root, "NuGet.config"),
            $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="packages" />
              </config>
              <packageSources>
                <clear />
                <add key="only" value="{feed}" allowInsecureConnections="true" />
              </packageSources>
            </configuration>
            """
        );
        return new FeedProbe(_root) { Program = program }.Ask(Packages);
    }
}
