using Xunit;

namespace CircuitPipeline.Tests.BuildHost.Bridge;

/// <summary>What changes the stamp, and with it the host.</summary>
public sealed class SourceStamps : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("stamp-").FullName;

    public SourceStamps()
    {
        Write("src/Room/File.cs");
        Write("Directory.Build.props");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("src/Room/Other.cs")]
    [InlineData("compat/Cake.Frosting/Engine.targets")]
    [InlineData("build/Build.csproj")]
    [InlineData("global.json")]
    [InlineData("supply.props")]
    public void A_new_source_changes_it(string name)
    {
        string before = Stamp();
        Write(name);

        Assert.NotEqual(before, Stamp());
    }

    [Theory]
    [InlineData("src/Room/bin/Release/Generated.cs")]
    [InlineData("src/Room/obj/Generated.cs")]
    [InlineData("tests/Room.Tests/Test.cs")]
    [InlineData("README.md")]
    public void What_the_host_is_not_built_from_does_not_change_it(string name)
    {
        string before = Stamp();
        Write(name);

        Assert.Equal(before, Stamp());
    }

    [Fact]
    public void Other_content_of_the_same_size_and_time_changes_it()
    {
        string before = Stamp();
        string source = Path.Combine(_root, "src/Room/File.cs");
        DateTime time = File.GetLastWriteTimeUtc(source);
        File.WriteAllText(source, "Text");
        File.SetLastWriteTimeUtc(source, time);

        Assert.NotEqual(before, Stamp());
    }

    [Fact]
    public void Another_time_with_the_same_content_does_not_change_it()
    {
        string before = Stamp();
        File.SetLastWriteTimeUtc(Path.Combine(_root, "src/Room/File.cs"), DateTime.UnixEpoch);

        Assert.Equal(before, Stamp());
    }

    [Fact]
    public void Another_supply_changes_it() =>
        Assert.NotEqual(Stamp(), SourceStamp.Of(_root, new Supply("nuget", "stand-in")));

    private string Stamp() => SourceStamp.Of(_root, new Supply("stand-in", "stand-in"));

    private void Write(string name)
    {
        string path = Path.Combine(_root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "text");
    }
}
