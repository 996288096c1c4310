using CircuitPipeline.Testing;
using VerifyTests;
using VerifyXunit;
using Xunit;

namespace CircuitPipeline.Tests.VerifyXunitPackage;

/// <summary>What is taken out of a text before it is compared (Verify's docs: scrubbers, guids).</summary>
public sealed class Scrubbers : IDisposable
{
    private const string Text = "first\nSecond\n\nthird";
    private readonly SnapshotFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Leave_out_lines_with_a_text_in_upper_or_lower_case() =>
        Assert.Equal("first\n\nthird", await _folder.Text(Verifier.Verify(Text).ScrubLinesContaining("second")));

    [Fact]
    public async Task Leave_out_lines_with_a_text_exactly() =>
        Assert.Equal(
            Text,
            await _folder.Text(Verifier.Verify(Text).ScrubLinesContaining(StringComparison.Ordinal, "second"))
        );

    [Fact]
    public async Task Leave_out_lines_by_a_rule() =>
        Assert.Equal(
            "first\nthird",
            await _folder.Text(Verifier.Verify(Text).ScrubLines(line => line.Length is 0 or 6))
        );

    [Fact]
    public async Task Leave_out_empty_lines_and_the_last_line_end() =>
        Assert.Equal("first\nSecond\nthird", await _folder.Text(Verifier.Verify($"\n{Text}\n \n").ScrubEmptyLines()));

    [Fact]
    public async Task Replace_lines() =>
        Assert.Equal(
            "5\n6\n0\n5",
            await _folder.Text(Verifier.Verify(Text).ScrubLinesWithReplace(line => $"{line.Length}"))
        );

    [Fact]
    public async Task Change_the_text_as_they_like_the_last_added_first() =>
        Assert.Equal(
            "c",
            await _folder.Text(
                Verifier
                    .Verify("a")
                    .AddScrubber(text => text.Replace("b", "c"))
                    .AddScrubber(text => text.Replace("a", "b"))
            )
        );

    [Fact]
    public async Task Can_be_added_last() =>
        Assert.Equal(
            "b",
            await _folder.Text(
                Verifier
                    .Verify("a")
                    .AddScrubber(text => text.Replace("b", "c"))
                    .AddScrubber(text => text.Replace("a", "b"), ScrubberLocation.Last)
            )
        );

    [Fact]
    public async Task Number_guids_inside_of_a_text()
    {
        const string One = "173535ae-995b-4cc6-a74e-8cd4be57039c";
        const string Two = "2a7b10ae-995b-4cc6-a74e-8cd4be57039d";

        string text = await _folder.Text(Verifier.Verify($"{One}, ({Two}) {{{One}}} x{One}").ScrubInlineGuids());

        Assert.Equal($"Guid_1, (Guid_2) {{Guid_1}} x{One}", text);
    }

    [Fact]
    public async Task Name_the_folders_of_this_machine()
    {
        string file = Path.Combine(RepositoryRoot.Path, "tests", "CircuitPipeline.Tests", "a.txt");

        string text = await _folder.Text(Verifier.Verify($"{file} {RepositoryRoot.Path}/b.txt"));

        Assert.Equal("{ProjectDirectory}a.txt {SolutionDirectory}b.txt", text);
    }

    [Fact]
    public async Task Of_an_extension_leave_others_alone() =>
        Assert.Equal("5 per cent", await _folder.Text(Verifier.Verify("5 per cent")));
}
