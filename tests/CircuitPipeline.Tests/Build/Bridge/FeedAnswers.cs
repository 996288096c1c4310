using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.BuildHost.Bridge;

/// <summary>What the words of <c>dotnet restore</c> mean, and that feeds of each kind really say them.</summary>
public sealed class FeedAnswers : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("feed-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("error NU1101: Unable to find package TorchSharp.")]
    [InlineData("error NU1102: Unable to find package TorchSharp with version (= 0.105.2)")]
    [InlineData("error NU1103: Unable to find a stable package")]
    [InlineData("error NU1100: Unable to resolve")]
    public void A_code_about_the_package_means_that_the_feed_cannot_supply_it(string output)
    {
        FeedAnswer answer = FeedAnswer.Of("TorchSharp", "0.105.2", 1, output);

        Assert.Equal((false, false), (answer.IsThere, answer.IsUnreachable));
        Assert.StartsWith("the feed cannot supply TorchSharp 0.105.2 (NU1", answer.Why);
    }

    [Theory]
    [InlineData("error NU1301: Unable to load the service index for source\nerror NU1101: Unable to find package")]
    [InlineData("MSB1003: no project")]
    public void Anything_else_says_nothing_about_the_package(string output)
    {
        FeedAnswer answer = FeedAnswer.Of("TorchSharp", "0.105.2", 1, output);

        Assert.Equal((false, true), (answer.IsThere, answer.IsUnreachable));
    }

    [Fact]
    public void A_warning_does_not_matter_when_the_restore_succeeded() =>
        Assert.True(FeedAnswer.Of("TorchSharp", "0.105.2", 0, "warning NU1603: depends on").IsThere);

    [Fact]
    public void An_empty_feed_answers_that_it_has_not_got_the_package()
    {
        FeedAnswer answer = Ask(Directory.CreateDirectory(Path.Combine(_root, "feed")).FullName);

        Assert.Equal("the feed cannot supply Cake.Frosting 7.0.0 (NU1101)", answer.Why);
    }

    [Fact]
    public void A_feed_that_is_down_is_told_from_one_that_lacks_the_package()
    {
        FeedAnswer answer = Ask("http://127.0.0.1:9/v3/index.json");

        Assert.Equal("the package feed cannot be reached (NU1301); it is asked again next time", answer.Why);
    }

    private FeedAnswer Ask(string feed)
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
        return new FeedProbe(_root).Ask("Cake.Frosting");
    }
}
