using System.Net;
using System.Net.Http.Headers;

namespace CircuitPipeline.Hub.Download;

/// <summary>What an answer that is no success says, and what to do about it.</summary>
/// <remarks>The Hub's own codes stand in the header <c>X-Error-Code</c> (huggingface_hub, utils/_http.py).</remarks>
internal static class Refusals
{
    /// <summary>The exception to throw.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="id">The model that was asked for.</param>
    /// <param name="endpoint">Where it was asked for.</param>
    /// <param name="hasToken">Whether a token was sent.</param>
    /// <param name="now">The time, for a date until which to wait.</param>
    internal static Exception Of(
        HttpResponseMessage answer,
        HubModelId id,
        string endpoint,
        bool hasToken,
        DateTimeOffset now
    )
    {
        int status = (int)answer.StatusCode;
        string host = answer.RequestMessage?.RequestUri?.Authority ?? endpoint;
        if (answer.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || status >= 500)
        {
            return new TransientFailure($"'{host}' answers {status}", RetryAfter(answer.Headers.RetryAfter, now));
        }

        string code = answer.Headers.TryGetValues("X-Error-Code", out IEnumerable<string>? values)
            ? values.First()
            : "";
        return new HubException(
            (code, status) switch
            {
                ("GatedRepo", _) or (_, 403) =>
                    $"'{id}' is not given to everybody ({status}): accept its licence on its page at '{endpoint}', {Token(hasToken, "HF_TOKEN to a token of that account")}.",
                ("RevisionNotFound", _) =>
                    $"'{id.Name}' has no revision '{id.Revision}'; name a branch, a tag or a commit of it.",
                ("EntryNotFound", _) =>
                    $"'{id}' lists a file that '{host}' does not have (404); run the same command again later.",
                (_, 401) =>
                    $"'{host}' gives '{id.Name}' to nobody it does not know ({status}): there is no such model, or it is private; see that the id is right, {Token(hasToken, "HF_TOKEN to a token that may read it")}.",
                (_, 404) =>
                    $"'{host}' has no model '{id.Name}' with a revision '{id.Revision}' (404); see that the id is right.",
                _ =>
                    $"'{host}' answers {status} to what was asked of '{id}'; see that HF_ENDPOINT and a proxy lead to the Hub.",
            }
        );
    }

    private static string Token(bool hasToken, string what) =>
        hasToken ? $"and set {what}, since the one that is set does not do" : $"and set {what}";

    private static TimeSpan? RetryAfter(RetryConditionHeaderValue? header, DateTimeOffset now) =>
        header switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date > now ? date - now : TimeSpan.Zero,
            _ => null,
        };
}
