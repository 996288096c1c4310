namespace CircuitPipeline.Hub.Cache;

/// <summary>The lock that huggingface_hub takes on a blob as well (<c>flock</c> on Unix): the system frees it however its holder ends.</summary>
internal sealed class BlobLock : IDisposable
{
    private const int Again = 11; // EAGAIN of flock on Linux
    private const int AgainOnMac = 35;
    private const int SharingViolation = unchecked((int)0x80070020); // Windows
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly FileStream _file;

    private BlobLock(FileStream file) => _file = file;

    /// <summary>Takes it, waiting while another process has it.</summary>
    /// <param name="path">The lock's file, which stays.</param>
    /// <param name="waits">Called once when waiting begins.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Stops waiting.</param>
    internal static async Task<BlobLock> Take(
        string path,
        Action waits,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        for (bool isFirst = true; ; isFirst = false)
        {
            try
            {
                return new BlobLock(
                    new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0)
                );
            }
            catch (IOException refused) when (refused.HResult is Again or AgainOnMac or SharingViolation)
            {
                if (isFirst)
                {
                    waits();
                }

                await Task.Delay(Pause, time, cancellation);
            }
        }
    }

    /// <summary>Lets go; the file stays, since another may wait for it by this name.</summary>
    public void Dispose() => _file.Dispose();
}
