using System.Globalization;
using System.Text.RegularExpressions;
using CircuitPipeline.BuildHost;
using CircuitPipeline.Testing;
using CircuitPipeline.Tool.CommandLine;
using Xunit;

namespace CircuitPipeline.Tests.Documentation;

/// <summary>docs/tool.md says what every exit code means.</summary>
public sealed partial class ExitCodesOfTheDocs
{
    private const int Interrupted = 128 + 2;
    private const int Terminated = 128 + 15;
    private const int OfCakeItself = 255;

    private static readonly string Table = DocumentedPage.Named("docs/tool.md").Text.Split("\n## Exit codes\n")[1];

    [Fact]
    public void Are_in_the_table_each_once()
    {
        int[] codes =
        [
            .. Row().Matches(Table).Select(row => int.Parse(row.Groups[1].Value, CultureInfo.InvariantCulture)),
        ];

        Assert.Equal(codes.Distinct(), codes);
        Assert.All(
            (int[])[ExitCodes.Done, ExitCodes.Failed, ExitCodes.WrongInput, Interrupted, Terminated, OfCakeItself],
            code => Assert.Contains(code, codes)
        );
    }

    [Fact]
    public void Are_the_same_for_the_build_and_the_tool() =>
        Assert.Equal((ExitCodes.Failed, ExitCodes.WrongInput), (ExitCode.Failed, ExitCode.WrongInput));

    [GeneratedRegex(@"^\| (\d+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
