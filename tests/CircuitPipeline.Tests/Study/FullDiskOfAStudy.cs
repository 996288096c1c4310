using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Studies;

/// <summary>What a run says and keeps when the disk is full; full is the device behind a link.</summary>
public sealed class FullDiskOfAStudy : IDisposable
{
    private readonly FakeStudy _study = new();

    public void Dispose() => _study.Dispose();

    [FullDiskFact]
    public void Is_named_with_what_is_kept_when_an_item_fails()
    {
        bool isFull = true;
        _study.Data = FakeStage.Of(
            "GenerateData",
            ["first", "second"],
            (item, context) =>
            {
                if (isFull && item == "second")
                {
                    File.CreateSymbolicLink(context.OutputFile("corpus.txt"), FullDiskFactAttribute.Device);
                }

                File.WriteAllText(context.OutputFile("corpus.txt"), item);
            }
        );

        StageFailedException error = Assert.Throws<StageFailedException>(() => _study.Run("GenerateData"));
        isFull = false;

        Assert.StartsWith(
            "Stage 'GenerateData' failed: item 'second': the disk is full (No space left on device",
            error.Message
        );
        Assert.EndsWith(
            "What is finished is kept, and nothing half-written is left: make room, and the next run goes on from there.",
            error.Message
        );
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(_study.Root, "artifacts", "store", "work")));
        Assert.Contains("GenerateData/first: cached", _study.Run("GenerateData"));
    }

    [FullDiskFact]
    public void Is_named_when_the_results_cannot_be_shown_and_they_are_not_made_again()
    {
        string part = Path.Combine(_study.Root, "artifacts", "small", "GenerateData", "corpus", "corpus.txt.part");
        Directory.CreateDirectory(Path.GetDirectoryName(part)!);
        File.CreateSymbolicLink(part, FullDiskFactAttribute.Device);

        StageFailedException error = Assert.Throws<StageFailedException>(() => _study.Run("GenerateData"));

        Assert.StartsWith(
            "The results of stage 'GenerateData' are kept in the store, but cannot be written",
            error.Message
        );
        Assert.Contains("because the disk is full (No space left on device", error.Message);
        Assert.Contains("GenerateData/corpus: cached", _study.Run("GenerateData"));
        Assert.Equal(["corpus.txt"], Directory.GetFiles(Path.GetDirectoryName(part)!).Select(Path.GetFileName));
    }
}
