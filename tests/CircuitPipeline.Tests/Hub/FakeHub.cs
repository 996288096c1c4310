using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace CircuitPipeline.Tests.HubCacheOfTests;

/// <summary>One request as it came.</summary>
internal sealed record HubRequest(string Method, string Path, string? Token, long From);

/// <summary>An answer: its head, and the bytes that are really sent before the connection is closed.</summary>
internal sealed record HubAnswer(int Status, byte[] Body, params string[] Headers)
{
    /// <summary>The length that is said, where it is not the body's.</summary>
    public long? Length { get; init; }

    /// <summary>Whether any length is said; without one the end of the connection is the end of the answer.</summary>
    public bool SaysLength { get; init; } = true;

    /// <summary>How long nothing comes before the connection is closed.</summary>
    public TimeSpan Silence { get; init; }

    public static HubAnswer Text(int status, string text, params string[] headers) =>
        new(status, Encoding.UTF8.GetBytes(text), headers);
}

/// <summary>A Hub with one model on this machine; a test may answer a request in its own way.</summary>
internal sealed class FakeHub : IDisposable
{
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<HubRequest> _requests = [];

    public FakeHub()
    {
        _listener.Start();
        new Thread(Listen) { IsBackground = true }.Start();
    }

    public Dictionary<string, byte[]> Files { get; } =
        new()
        {
            ["config.json"] = "{}"u8.ToArray(),
            ["model.safetensors"] = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7))],
            ["pytorch_model.bin"] = [1],
            ["README.md"] = [2],
        };

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Asked first; null for the usual answer.</summary>
    public Func<HubRequest, HubAnswer?> Special { get; set; } = _ => null;

    public HubRequest[] Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public static string Sha256(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static string GitSha1(byte[] bytes) =>
        Convert.ToHexStringLower(SHA1.HashData([.. Encoding.ASCII.GetBytes($"blob {bytes.Length}\0"), .. bytes]));

    public void Dispose() => _listener.Dispose();

    public HubAnswer Usual(HubRequest request)
    {
        if (request.Path.StartsWith("/api/models/org/name/revision/", StringComparison.Ordinal))
        {
            string files = string.Join(",", Files.Keys.Select(file => $$"""{"rfilename":"{{file}}"}"""));
            return HubAnswer.Text(200, $$"""{"sha":"{{Commit}}","siblings":[{{files}}]}""");
        }

        string start = $"/org/name/resolve/{Commit}/";
        if (
            !request.Path.StartsWith(start, StringComparison.Ordinal)
            || !Files.TryGetValue(request.Path[start.Length..], out byte[]? bytes)
        )
        {
            return HubAnswer.Text(404, "", "X-Error-Code: RepoNotFound");
        }

        bool isLarge = request.Path.EndsWith(".safetensors", StringComparison.Ordinal);
        string[] headers =
        [
            $"X-Repo-Commit: {Commit}",
            isLarge ? $"X-Linked-Etag: \"{Sha256(bytes)}\"" : $"ETag: \"{GitSha1(bytes)}\"",
            $"X-Linked-Size: {bytes.Length}",
        ];
        return request.From == 0
            ? new HubAnswer(200, bytes, headers)
            : new HubAnswer(
                206,
                bytes[(int)request.From..],
                [.. headers, $"Content-Range: bytes {request.From}-{bytes.Length - 1}/{bytes.Length}"]
            );
    }

    private void Listen()
    {
        try
        {
            while (true)
            {
                TcpClient client = _listener.AcceptTcpClient();
                new Thread(() => Serve(client)) { IsBackground = true }.Start();
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException or InvalidOperationException) { }
    }

    private void Serve(TcpClient client)
    {
        try
        {
            using (client)
            {
                using NetworkStream stream = client.GetStream();
                using StreamReader reader = new(stream, Encoding.ASCII, false, 1024, leaveOpen: true);
                string[] first = (reader.ReadLine() ?? "").Split(' ');
                Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
                for (string? line; (line = reader.ReadLine()) is { Length: > 0 }; )
                {
                    string[] parts = line.Split(": ", 2);
                    headers[parts[0]] = parts[1];
                }

                if (first.Length < 2)
                {
                    return;
                }

                string range = headers.GetValueOrDefault("Range", "bytes=0-");
                HubRequest request = new(
                    first[0],
                    Uri.UnescapeDataString(first[1]),
                    headers.GetValueOrDefault("Authorization"),
                    long.Parse(range["bytes=".Length..].TrimEnd('-'))
                );
                lock (_requests)
                {
                    _requests.Add(request);
                }

                Write(stream, request, Special(request) ?? Usual(request));
            }
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException) { }
    }

    private static void Write(NetworkStream stream, HubRequest request, HubAnswer answer)
    {
        string head = string.Join(
            "\r\n",
            [
                $"HTTP/1.1 {answer.Status} X",
                .. answer.Headers,
                .. answer.SaysLength ? [$"Content-Length: {answer.Length ?? answer.Body.Length}"] : (string[])[],
                "Connection: close",
                "",
                "",
            ]
        );
        stream.Write(Encoding.ASCII.GetBytes(head));
        if (request.Method != "HEAD")
        {
            stream.Write(answer.Body);
        }

        stream.Flush();
        Thread.Sleep(answer.Silence);
    }
}
