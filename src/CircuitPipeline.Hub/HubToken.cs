using System.Net.Http.Headers;

namespace CircuitPipeline.Hub;

/// <summary>A user's token: it goes to the endpoint alone, and into no text.</summary>
public sealed class HubToken
{
    private readonly string _secret;

    private HubToken(string secret) => _secret = secret;

    internal AuthenticationHeaderValue Header => new("Bearer", _secret);

    /// <summary>Takes a token; white space around it is none of it.</summary>
    /// <param name="text">The text; null or blank for no token.</param>
    /// <param name="source">Where it is from, for the message.</param>
    /// <exception cref="InvalidDataException">It cannot be a token; the message does not show it.</exception>
    public static HubToken? Of(string? text, string source)
    {
        string secret = text?.Trim() ?? "";
        if (secret.Length == 0)
        {
            return null;
        }

        return secret.Length <= 4096 && secret.All(c => c is > ' ' and < '\x7f')
            ? new HubToken(secret)
            : throw new InvalidDataException(
                $"{source}: what stands there is no token (it is not shown), which has visible ASCII characters only; copy it again."
            );
    }

    /// <summary>Three stars.</summary>
    public override string ToString() => "***";
}
