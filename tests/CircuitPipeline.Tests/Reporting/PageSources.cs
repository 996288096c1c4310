using System.Reflection;
using CircuitPipeline.Pipeline.Code;
using CircuitPipeline.Reporting;
using Xunit;

namespace CircuitPipeline.Tests.Reporting;

/// <summary>A change of the page's style or script makes the report again, as a change of its code does.</summary>
public sealed class PageSources
{
    private static readonly Assembly Room = typeof(ReportPage).Assembly;

    [Theory]
    [InlineData("source/web/circuit.js")]
    [InlineData("source/web/controls.js")]
    [InlineData("source/web/page.css")]
    [InlineData("source/web/page.js")]
    [InlineData("source/web/unpack.js")]
    [InlineData("source/web/watch.js")]
    [InlineData("source/web/package-lock.json")]
    public void Are_embedded_as_code(string name) => Assert.Contains(name, Room.GetManifestResourceNames());

    [Fact]
    public void Have_a_digest() =>
        Assert.Equal(
            ["code.Circuits", "code.Planning", "code.Reporting"],
            new CodeDigests().Of(new StageCode(Room, [], [Room])).Keys
        );
}
