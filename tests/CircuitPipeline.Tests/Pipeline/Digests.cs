using System.Text;
using CircuitPipeline.Pipeline.Store;
using Xunit;

namespace CircuitPipeline.Tests.PipelineStore;

public class Digests
{
    // FIPS 180-4's example for "abc".
    private const string Abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    [Fact]
    public void Are_SHA_256()
    {
        Assert.Equal(Abc, Digest.OfText("abc").ToString());
        Assert.Equal(Abc, Digest.OfBytes("abc"u8).ToString());
        Assert.Equal(Abc, Digest.OfStream(new MemoryStream(Encoding.UTF8.GetBytes("abc"))).ToString());
        Assert.Equal("ba7816bf8f01", Digest.Parse(Abc).Short);
    }

    [Fact]
    public void Of_a_large_file_equal_those_of_its_bytes()
    {
        using TemporaryStore folder = new();
        byte[] bytes = new byte[300_001];
        new Random(1).NextBytes(bytes);
        string path = Path.Combine(folder.Folder, "large.bin");
        File.WriteAllBytes(path, bytes);

        Assert.Equal(Digest.OfBytes(bytes), Digest.OfFile(path));
    }

    [Fact]
    public void Survive_writing_and_reading()
    {
        for (int trial = 0; trial < 100; trial++)
        {
            Digest digest = Digest.OfText($"{trial}");

            Assert.Equal(digest, Digest.Parse(digest.ToString()));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ba78")]
    [InlineData("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [InlineData("ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad0")]
    public void Are_64_lower_case_digits_and_nothing_else(string? text) => Assert.False(Digest.TryParse(text, out _));

    [Fact]
    public void Name_the_text_that_is_none()
    {
        FormatException error = Assert.Throws<FormatException>(() => Digest.Parse("3f9a"));

        Assert.Equal("'3f9a' is not a SHA-256 digest: 64 lower-case hexadecimal digits.", error.Message);
    }
}
