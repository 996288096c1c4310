using CircuitPipeline.Prompts;
using Xunit;

namespace CircuitPipeline.Tests.Prompts;

internal static class Hostile
{
    /// <summary>Reads each copy: it works, or fails with one sentence that begins with the file's name, 'file'; some must fail.</summary>
    public static void EachIsReadOrRefused(IEnumerable<byte[]> copies, Action<byte[]> read)
    {
        var refused = 0;
        foreach (var copy in copies)
        {
            try
            {
                read(copy);
            }
            catch (InvalidPromptsException error)
            {
                Assert.Matches(@"\Afile(\(\d+\))?: [^\r\n]+\.\z", error.Message);
                refused++;
            }
        }
        Assert.True(refused > 100, $"Only {refused} damaged copies were refused.");
    }
}
