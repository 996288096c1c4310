using System.Diagnostics;
using System.Text;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.TorchTests.ToolFront;

public sealed class StoppedVerbs : IDisposable
{
    private readonly ModelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Leave_nothing_half_written()
    {
        WriteManyPairs(_folder["pairs.jsonl"]);
        string[] before = Directory.GetFiles(_folder.Root);
        using Process tool = ToolRun.Start(
            _folder.Root,
            "attribute --model model --pairs pairs.jsonl --method exact --batch 1 --threads 1 --out s.json".Split(' ')
        );

        // The first line of progress says that it is at work.
        string? progress = await tool.StandardError.ReadLineAsync();
        using (Process kill = Process.Start("kill", ["-TERM", $"{tool.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
        await tool.WaitForExitAsync(patience.Token);

        Assert.Matches(@"\Aattribute: about [\d.,]+ (s|min|h)(, at most [\d.,]+ [MG]B)?\z", progress);
        Assert.Equal(143, tool.ExitCode);
        Assert.Contains("stopped", await tool.StandardError.ReadToEndAsync());
        Assert.Equal(before, Directory.GetFiles(_folder.Root));
    }

    private static void WriteManyPairs(string path)
    {
        StringBuilder rows = new();
        for (int row = 0; row < 20_000; row++)
        {
            rows.Append($$"""{"clean": [1, 2, {{row % 11}}, 4], "corrupted": [1, 5, 3, 4], "label": [6, 7]}""")
                .Append('\n');
        }

        File.WriteAllText(path, rows.ToString());
    }
}
