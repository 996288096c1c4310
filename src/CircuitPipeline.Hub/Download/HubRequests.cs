namespace CircuitPipeline.Hub.Download;

/// <summary>What is asked of the Hub about one model, each question as often as needed.</summary>
/// <param name="connection">The connection.</param>
/// <param name="id">The model.</param>
/// <param name="limits">How long and how much.</param>
/// <param name="time">The clock.</param>
/// <param name="note">Told of pauses.</param>
internal sealed class HubRequests(
    HubConnection connection,
    HubModelId id,
    HubLimits limits,
    TimeProvider time,
    Action<string>? note
)
{
    private const int Block = 1 << 16;

    /// <summary>Where is asked, for messages.</summary>
    internal string Host => connection.Host;

    /// <summary>The commit of the revision, and its files.</summary>
    internal Task<ModelListing> Listing(CancellationToken cancellation)
    {
        // A revision is one part of the path, whatever slashes it has.
        Uri address = new(
            $"{connection.Address($"api/models/{id.Name}/revision")}/{Uri.EscapeDataString(id.Revision)}"
        );
        return Ask(
            HttpMethod.Get,
            address,
            _ => false,
            async (answer, stall) => ModelListing.Parse(await Body(answer, stall), connection.Host),
            cancellation
        );
    }

    /// <summary>Digest and size of a file.</summary>
    internal Task<RemoteFile> Describe(string path, string commit, CancellationToken cancellation) =>
        Ask(
            HttpMethod.Head,
            Address(path, commit),
            RemoteFile.IsSaidBy,
            (answer, _) => Task.FromResult(RemoteFile.Of(answer, path, commit)),
            cancellation
        );

    /// <summary>Asks once for a file's bytes, from one of them on.</summary>
    /// <exception cref="TransientFailure">Another try may help.</exception>
    internal async Task<HttpResponseMessage> Open(string path, string commit, long from, StallTimer stall)
    {
        HttpResponseMessage answer = await connection.Send(
            HttpMethod.Get,
            Address(path, commit),
            from,
            _ => false,
            stall.Token
        );
        // Of a range that begins behind the end: the reader of the answer begins anew.
        if (answer.IsSuccessStatusCode || answer.StatusCode == System.Net.HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return answer;
        }

        using (answer)
        {
            throw Refusal(answer);
        }
    }

    private async Task<T> Ask<T>(
        HttpMethod method,
        Uri address,
        Func<HttpResponseMessage, bool> isEnd,
        Func<HttpResponseMessage, StallTimer, Task<T>> read,
        CancellationToken cancellation
    )
    {
        return await new Attempts(limits, time, note).Run(Once, () => false, cancellation);

        async Task<T> Once()
        {
            using StallTimer stall = new(limits.Stall, time, cancellation);
            try
            {
                using HttpResponseMessage answer = await connection.Send(method, address, 0, isEnd, stall.Token);
                return answer.IsSuccessStatusCode || isEnd(answer) ? await read(answer, stall) : throw Refusal(answer);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw Stalled(connection.Host, limits);
            }
            catch (Exception cut) when (cut is HttpIOException or (IOException and not HubException))
            {
                throw new TransientFailure($"the connection to '{connection.Host}' was cut");
            }
        }
    }

    internal static TransientFailure Stalled(string host, HubLimits limits) =>
        new($"'{host}' sent nothing for {limits.Stall.TotalSeconds:0.#} s");

    private async Task<byte[]> Body(HttpResponseMessage answer, StallTimer stall)
    {
        await using Stream stream = await answer.Content.ReadAsStreamAsync(stall.Token);
        using MemoryStream body = new();
        byte[] block = new byte[Block];
        for (int read; (read = await stream.ReadAsync(block, stall.Token)) > 0; )
        {
            stall.Restart();
            body.Write(block, 0, read);
            if (body.Length > limits.LargestListing)
            {
                throw new HubException(
                    $"'{connection.Host}' lists the files of '{id}' in more than {limits.LargestListing} bytes, which is the most that is read; see that HF_ENDPOINT and a proxy lead to the Hub."
                );
            }
        }

        return body.ToArray();
    }

    private Uri Address(string path, string commit) => connection.Address($"{id.Name}/resolve/{commit}/{path}");

    private Exception Refusal(HttpResponseMessage answer) =>
        Refusals.Of(answer, id, connection.Host, connection.HasToken, time.GetUtcNow());
}
