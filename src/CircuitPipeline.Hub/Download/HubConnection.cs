using System.Net;
using System.Net.Http.Headers;

namespace CircuitPipeline.Hub.Download;

/// <summary>Requests to the Hub: redirects are followed here, because the token must not follow them to another place.</summary>
internal sealed class HubConnection : IDisposable
{
    private const int MostRedirects = 8;
    private const int LongestHeaders = 64; // KB

    private readonly Uri _endpoint;
    private readonly HubToken? _token;
    private readonly HttpClient _client;

    internal HubConnection(Uri endpoint, HubToken? token, HubLimits limits)
    {
        (_endpoint, _token) = (endpoint, token);
        SocketsHttpHandler handler = new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = limits.Connect,
            MaxResponseHeadersLength = LongestHeaders,
            UseProxy = !endpoint.IsLoopback,
        };
        _client = new HttpClient(handler, disposeHandler: true) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The endpoint's host, for messages.</summary>
    internal string Host => _endpoint.Authority;

    /// <summary>Whether requests carry a token.</summary>
    internal bool HasToken => _token is not null;

    /// <summary>The address of a path below the endpoint; each part is escaped.</summary>
    internal Uri Address(string path) =>
        new($"{_endpoint.AbsoluteUri.TrimEnd('/')}/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}");

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    /// <summary>Sends a request and follows where it is sent on to.</summary>
    /// <param name="method">GET or HEAD.</param>
    /// <param name="address">Where to.</param>
    /// <param name="from">The first byte that is wanted; 0 for all.</param>
    /// <param name="isEnd">Whether a redirect is the answer already, by its headers.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The answer, whose body is not read yet; the caller's to dispose.</returns>
    /// <exception cref="TransientFailure">The connection failed.</exception>
    /// <exception cref="HubException">It is redirected to where no request may go, or too often.</exception>
    internal async Task<HttpResponseMessage> Send(
        HttpMethod method,
        Uri address,
        long from,
        Func<HttpResponseMessage, bool> isEnd,
        CancellationToken cancellation
    )
    {
        for (int redirects = 0; redirects <= MostRedirects; redirects++)
        {
            HttpResponseMessage answer = await SendOnce(method, address, from, cancellation);
            if (!IsRedirect(answer.StatusCode) || isEnd(answer))
            {
                return answer;
            }

            using (answer)
            {
                address = Next(address, answer.Headers.Location);
            }
        }

        throw new HubException(
            $"'{address.Authority}' sends from one address to another more than {MostRedirects} times; see that HF_ENDPOINT and a proxy lead to the Hub."
        );
    }

    // A relative address may be of any form; an absolute one is allowed where the first one would have been.
    private static Uri Next(Uri from, Uri? location) =>
        location is null ? throw Refused(from, "nowhere")
        : !Uri.TryCreate(from, location, out Uri? next) ? throw Refused(from, "an address that is none")
        : !HubEnvironment.IsSafe(next) || (next.IsLoopback && !from.IsLoopback)
            ? throw Refused(from, $"'{next.Scheme}://{next.Authority}'")
        : next;

    private static HubException Refused(Uri from, string where) =>
        new(
            $"'{from.Authority}' sends on to {MessageText.OneLine(where)}, but only https addresses are followed; see that HF_ENDPOINT and a proxy lead to the Hub."
        );

    private static bool IsRedirect(HttpStatusCode status) =>
        status
            is HttpStatusCode.MovedPermanently
                or HttpStatusCode.Found
                or HttpStatusCode.SeeOther
                or HttpStatusCode.TemporaryRedirect
                or HttpStatusCode.PermanentRedirect;

    private async Task<HttpResponseMessage> SendOnce(
        HttpMethod method,
        Uri address,
        long from,
        CancellationToken cancellation
    )
    {
        using HttpRequestMessage request = new(method, address);
        request.Headers.UserAgent.ParseAdd("circuit-pipeline/0.1");
        request.Headers.AcceptEncoding.ParseAdd("identity"); // digests are of the bytes as they are
        if (from > 0)
        {
            request.Headers.Range = new RangeHeaderValue(from, null);
        }

        if (IsEndpoint(address))
        {
            request.Headers.Authorization = _token?.Header;
        }

        try
        {
            return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        }
        catch (HttpRequestException failure)
        {
            throw Problem(address, failure);
        }
    }

    private bool IsEndpoint(Uri address) =>
        (address.Scheme, address.IdnHost, address.Port) == (_endpoint.Scheme, _endpoint.IdnHost, _endpoint.Port);

    private static Exception Problem(Uri address, HttpRequestException failure)
    {
        string clause =
            $"'{address.Authority}' cannot be reached ({MessageText.OneLine(failure.GetBaseException().Message).TrimEnd('.')})";
        return
            failure.HttpRequestError
                is HttpRequestError.SecureConnectionError
                    or HttpRequestError.ConfigurationLimitExceeded
            ? new HubException($"{clause}; see that the certificates of this machine and its proxy are right.")
            : new TransientFailure(
                clause,
                advice: "see that this machine has a network that leads there, through HTTPS_PROXY where it must,"
            );
    }
}
