using System.Text;
using CircuitPipeline.Testing;
using CircuitPipeline.Tests.Packages;
using Xunit;

namespace CircuitPipeline.Tests.BuildHost;

/// <summary>Sources of this repository are compared by content: MSBuild itself compares times.</summary>
public sealed class ChangedSources : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sources-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Slow]
    [Fact]
    public void Are_compiled_though_they_are_older_than_the_assembly()
    {
        File.WriteAllText(
            Path.Combine(_folder, "room.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ProduceReferenceAssembly>false</ProduceReferenceAssembly>
              </PropertyGroup>
              <Import Project="{RepositoryRoot.Path}/Directory.Build.targets" />
            </Project>
            """
        );
        Write("first");
        string before = Built("build", "-v:quiet");

        Write("other"); // of the same size
        string after = Built("build", "-v:quiet", "--no-restore");

        Assert.Contains("first", before);
        Assert.Contains("other", after);
    }

    private void Write(string value)
    {
        string source = Path.Combine(_folder, "Room.cs");
        File.WriteAllText(source, $"public static class Room {{ public static string Name => \"{value}\"; }}");
        File.SetLastWriteTimeUtc(source, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
    }

    // What the assembly holds, as the text in which its strings are written.
    private string Built(params string[] arguments)
    {
        Dictionary<string, string> variables = new() { ["MSBUILDDISABLENODEREUSE"] = "1" };
        Ended build = Started.Now(_folder, variables, "dotnet", arguments).End();
        Assert.True(build.ExitCode == 0, build.Output);
        string path = Path.Combine(_folder, "bin", "Debug", "net10.0", "room.dll");
        byte[] bytes = File.ReadAllBytes(path);
        return Encoding.Unicode.GetString(bytes) + Encoding.Unicode.GetString(bytes.AsSpan(1));
    }
}
