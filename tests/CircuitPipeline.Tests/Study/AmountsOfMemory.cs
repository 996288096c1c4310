using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Study;
using Xunit;

namespace CircuitPipeline.Tests.Studies;

public sealed class AmountsOfMemory
{
    [Theory]
    [InlineData("12GB", 12_000_000_000)]
    [InlineData("1.5GiB", 1_610_612_736)]
    [InlineData("512 MiB", 536_870_912)]
    [InlineData("100B", 100)]
    [InlineData("4096", 4_096)]
    public void Are_read_with_their_unit(string text, long bytes) =>
        Assert.Equal(bytes, ByteSize.Parse(text, "--memory"));

    [Theory]
    [InlineData("0GB")]
    [InlineData("-1GB")]
    [InlineData("12 gigabytes")]
    [InlineData("NaN")]
    [InlineData("1kB")]
    [InlineData("1e9")]
    [InlineData("9999999TB")]
    public void Are_refused_in_one_sentence_when_they_are_none(string text)
    {
        InvalidExperimentException error = Assert.Throws<InvalidExperimentException>(() =>
            ByteSize.Parse(text, "--memory")
        );

        Assert.StartsWith(
            $"'--memory' is '{text}', but an amount of memory is allowed: a number of bytes, or one with KiB, MiB, GiB, TiB, KB, MB, GB, TB, B behind it",
            error.Message
        );
    }
}
