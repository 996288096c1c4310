using System.Globalization;

namespace CircuitPipeline.Hub.Download;

/// <summary>What a file's headers say of it.</summary>
/// <param name="Path">Its path in the repository.</param>
/// <param name="Etag">Its digest, which names its blob: SHA-256 of a large file, Git's SHA-1 of another.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record RemoteFile(string Path, string Etag, long Bytes)
{
    private const string LinkedEtag = "X-Linked-Etag";
    private const long MostBytes = 1L << 50;

    /// <summary>Whether the digest is the SHA-256 of a file in Git LFS.</summary>
    internal bool IsLarge => Etag.Length == 64;

    /// <summary>Whether a redirect says already what is asked for: those to a storage elsewhere do.</summary>
    internal static bool IsSaidBy(HttpResponseMessage answer) => answer.Headers.Contains(LinkedEtag);

    /// <summary>Reads the headers.</summary>
    /// <exception cref="HubException">They do not say a digest and a size, or are of another commit.</exception>
    internal static RemoteFile Of(HttpResponseMessage answer, string path, string commit)
    {
        string host = answer.RequestMessage?.RequestUri?.Authority ?? "";
        string of = Header(answer, "X-Repo-Commit") ?? commit;
        if (of != commit)
        {
            throw new HubException(
                $"'{host}' gives '{path}' of commit {MessageText.Quoted(of)} where commit '{commit}' is asked for; see that HF_ENDPOINT and a proxy lead to the Hub."
            );
        }

        string etag = Digest(Header(answer, LinkedEtag) ?? answer.Headers.ETag?.Tag ?? "");
        string size = Header(answer, "X-Linked-Size") ?? $"{answer.Content.Headers.ContentLength}";
        bool hasSize = long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes);
        return hasSize && bytes <= MostBytes && etag.Length is 40 or 64 && HubModelId.IsHex(etag)
            ? new RemoteFile(path, etag, bytes)
            : throw new HubException(
                $"'{host}' does not say digest and size of '{path}', without which nothing can be checked; see that HF_ENDPOINT and a proxy lead to the Hub."
            );
    }

    private static string Digest(string etag) =>
        (etag.StartsWith("W/", StringComparison.Ordinal) ? etag[2..] : etag).Trim('"');

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.First() : null;
}
