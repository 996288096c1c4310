using System.Net;

namespace CircuitPipeline.Hub.Download;

/// <summary>Brings the bytes of one file, going on where an earlier try ended, and checks size and digest.</summary>
/// <remarks>
/// 1. What lies in <c>blobs/ETAG.incomplete</c> is digested: its name says of which bytes it is the beginning.
/// 2. The rest is asked for with <c>Range</c>; an answer with all bytes begins anew. No <c>If-Range</c> is sent, since the storage
///    that the Hub sends on to has tags of its own; the digest at the end decides.
/// 3. Bytes of another digest are thrown away, and brought once more where some of them were from an earlier try.
/// </remarks>
internal sealed class BlobDownload(
    HubRequests requests,
    HubLimits limits,
    TimeProvider time,
    Action<string>? note,
    RemoteFile file
)
{
    private const int Block = 1 << 20;
    private const long MuchOfIt = 1 << 20; // so much between two failures shows that trying again helps

    private readonly byte[] _block = new byte[Block];
    private long _atLastFailure;

    /// <summary>Bytes that came over the network.</summary>
    internal long Brought { get; private set; }

    /// <summary>Brings what is missing of a file; then it is whole, on the disk and closed.</summary>
    /// <param name="path">Where it grows.</param>
    /// <param name="commit">The commit.</param>
    /// <param name="moved">Called with the bytes that are there whenever there are more.</param>
    /// <param name="cancellation">Stops it; what is there is kept.</param>
    /// <exception cref="HubException">It cannot be brought, or is not what was promised.</exception>
    internal async Task Run(string path, string commit, Action<long> moved, CancellationToken cancellation)
    {
        bool isRight;
        using (PartialFile part = new(file, path))
        {
            part.TakeWhatIsThere(_block, cancellation);
            bool hadSome = part.Bytes > 0;
            isRight = await IsRightWithRest(part, commit, moved, cancellation);
            if (!isRight && hadSome)
            {
                note?.Invoke($"what an earlier try left of '{file.Path}' is not of it; bringing it anew");
                part.Clear();
                isRight = await IsRightWithRest(part, commit, moved, cancellation);
            }

            part.Flush();
        }

        if (!isRight)
        {
            File.Delete(path);
            throw new HubException(
                $"what came of '{file.Path}' does not have the digest '{file.Etag}' that the Hub says, so it was thrown away; run the same command again, and see that a proxy changes nothing."
            );
        }
    }

    private async Task<bool> IsRightWithRest(
        PartialFile part,
        string commit,
        Action<long> moved,
        CancellationToken cancellation
    )
    {
        _atLastFailure = part.Bytes;
        if (part.Bytes < file.Bytes)
        {
            await new Attempts(limits, time, note).Run(
                () => Once(part, commit, moved, cancellation),
                () => HasMoved(part),
                cancellation
            );
        }

        return part.IsRight();
    }

    private bool HasMoved(PartialFile part)
    {
        bool hasMoved = part.Bytes - _atLastFailure >= MuchOfIt;
        _atLastFailure = part.Bytes;
        return hasMoved;
    }

    private async Task<bool> Once(PartialFile part, string commit, Action<long> moved, CancellationToken cancellation)
    {
        using StallTimer stall = new(limits.Stall, time, cancellation);
        string host = requests.Host;
        try
        {
            using HttpResponseMessage answer = await requests.Open(file.Path, commit, part.Bytes, stall);
            host = answer.RequestMessage?.RequestUri?.Authority ?? host;
            Fit(part, answer, host);
            await using Stream body = await answer.Content.ReadAsStreamAsync(stall.Token);
            for (int read; (read = await body.ReadAsync(_block, stall.Token)) > 0; moved(part.Bytes))
            {
                stall.Restart();
                if (part.Bytes + read > file.Bytes)
                {
                    part.Clear();
                    throw Lie(host, "sends more than that");
                }

                part.Append(_block.AsSpan(0, read));
                Brought += read;
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw HubRequests.Stalled(host, limits);
        }
        catch (IOException cut) when (cut is not HubException)
        {
            throw Cut(part, host);
        }

        return part.Bytes == file.Bytes ? true : throw Cut(part, host);
    }

    // What is there stays only where the answer goes on from its end.
    private void Fit(PartialFile part, HttpResponseMessage answer, string host)
    {
        if (answer.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            TransientFailure nothing = new($"'{host}' has nothing from byte {part.Bytes} of '{file.Path}' on");
            part.Clear();
            throw nothing;
        }

        if (answer.StatusCode == HttpStatusCode.PartialContent)
        {
            if (answer.Content.Headers.ContentRange?.From != part.Bytes)
            {
                part.Clear();
                throw new TransientFailure($"'{host}' sends another part of '{file.Path}' than was asked for");
            }
        }
        else if (part.Bytes > 0)
        {
            part.Clear();
        }

        if (answer.Content.Headers.ContentLength is { } length && part.Bytes + length != file.Bytes)
        {
            throw Lie(host, $"sends '{part.Bytes + length}'");
        }
    }

    private HubException Lie(string host, string found) =>
        new(
            $"'{file.Path}' has {file.Bytes} bytes, as the Hub says, but '{host}' {found}; see that HF_ENDPOINT and a proxy lead to the Hub, and run the same command again."
        );

    private TransientFailure Cut(PartialFile part, string host) =>
        new($"the connection to '{host}' was cut at {part.Bytes} of {file.Bytes} bytes of '{file.Path}'");
}
