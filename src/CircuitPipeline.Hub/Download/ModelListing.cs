using System.Collections.Immutable;
using System.Text.Json;

namespace CircuitPipeline.Hub.Download;

/// <summary>What the Hub says of a revision: its commit, and the files that it has.</summary>
/// <param name="Commit">40 hexadecimal digits.</param>
/// <param name="Files">Paths, unchecked: the repository's owner names them.</param>
internal sealed record ModelListing(string Commit, ImmutableArray<string> Files)
{
    private const int MostFiles = 100_000;

    /// <summary>Reads the answer to <c>GET /api/models/ID/revision/REVISION</c>.</summary>
    /// <param name="json">The answer.</param>
    /// <param name="source">Whose it is, for the message.</param>
    /// <exception cref="HubException">It is no such answer.</exception>
    internal static ModelListing Parse(ReadOnlyMemory<byte> json, string source)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(JsonText.WithoutBom(json));
            JsonElement root = document.RootElement;
            string commit = root.GetProperty("sha").GetString() ?? "";
            JsonElement files = root.GetProperty("siblings");
            if (!HubModelId.IsCommit(commit) || files.GetArrayLength() > MostFiles)
            {
                throw Wrong(source);
            }

            return new ModelListing(
                commit,
                [.. files.EnumerateArray().Select(file => file.GetProperty("rfilename").GetString() ?? "")]
            );
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw Wrong(source);
        }
    }

    private static HubException Wrong(string source) =>
        new(
            $"{source}: the answer is not the Hub's, which is a JSON object with a commit of 40 digits ('sha') and at most {MostFiles} files ('siblings' with 'rfilename'); see that HF_ENDPOINT and a proxy lead to the Hub."
        );
}
