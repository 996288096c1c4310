using System.Text.RegularExpressions;

namespace CircuitPipeline.Hub;

/// <summary>What the environment says of the Hub: where its cache lies, where it is asked, with which token.</summary>
/// <remarks>The variables and their order are those of huggingface_hub (docs: package_reference/environment_variables).</remarks>
/// <param name="variable">Gives a variable's value; null where it is not set.</param>
public sealed partial class HubEnvironment(Func<string, string?> variable)
{
    /// <summary>The Hub's public address.</summary>
    public const string DefaultEndpoint = "https://huggingface.co";

    private const string EndpointVariable = "HF_ENDPOINT";
    private const int LongestTokenFile = 1 << 16;

    /// <summary>The folder of the cache, which need not exist: <c>HF_HUB_CACHE</c>, else <c>hub</c> in <see cref="Home"/>; null where nothing says it.</summary>
    public string? CacheFolder =>
        PathIn("HF_HUB_CACHE")
        ?? PathIn("HUGGINGFACE_HUB_CACHE")
        ?? (Home is { } home ? Path.Combine(home, "hub") : null);

    /// <summary><c>HF_HOME</c>, else <c>huggingface</c> in <c>XDG_CACHE_HOME</c> or in <c>~/.cache</c>; null where nothing says it.</summary>
    public string? Home =>
        PathIn("HF_HOME")
        ?? (PathIn("XDG_CACHE_HOME") is { } caches ? Path.Combine(caches, "huggingface") : null)
        ?? (UserFolder is { } user ? Path.Combine(user, ".cache", "huggingface") : null);

    /// <summary>Whether <c>HF_HUB_OFFLINE</c> or <c>TRANSFORMERS_OFFLINE</c> forbids to ask the Hub.</summary>
    public bool IsOffline => IsTrue(Value("HF_HUB_OFFLINE") ?? Value("TRANSFORMERS_OFFLINE"));

    private string? UserFolder => Value(OperatingSystem.IsWindows() ? "USERPROFILE" : "HOME");

    /// <summary>Where the Hub is asked: <c>HF_ENDPOINT</c>, else <see cref="DefaultEndpoint"/>; without a slash at its end.</summary>
    /// <exception cref="InvalidDataException">It is no https address, nor an http address of this machine.</exception>
    public Uri Endpoint()
    {
        string text = Value(EndpointVariable)?.TrimEnd('/') ?? DefaultEndpoint;
        bool isAddress =
            Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
            && IsSafe(address)
            && (address.UserInfo, address.Query, address.Fragment) == ("", "", "");
        return isAddress
            ? address!
            : throw new InvalidDataException(
                // Not shown, because people write passwords into addresses.
                $"{EndpointVariable} is no address that can be asked; 'https://HOST' without a name or password is allowed, and 'http://' for this machine alone, as 'http://localhost:8080'."
            );
    }

    /// <summary>The user's token: <c>HF_TOKEN</c>, else the file of <c>HF_TOKEN_PATH</c>, else <c>token</c> in <see cref="Home"/>; null where there is none.</summary>
    /// <exception cref="InvalidDataException">What is there is no token.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public HubToken? Token()
    {
        if (IsTrue(Value("HF_HUB_DISABLE_IMPLICIT_TOKEN")))
        {
            return null;
        }

        foreach (string name in (string[])["HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"])
        {
            if (HubToken.Of(Value(name), name) is { } token)
            {
                return token;
            }
        }

        string? file = PathIn("HF_TOKEN_PATH") ?? (Home is { } home ? Path.Combine(home, "token") : null);
        return file is not null && File.Exists(file) ? HubToken.Of(TextOf(file), file) : null;
    }

    /// <summary>Whether a request may go there: nobody reads it on the way, or it leaves the machine not at all.</summary>
    internal static bool IsSafe(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    private static string TextOf(string file)
    {
        using FileStream stream = File.OpenRead(file);
        using StreamReader reader = new(stream);
        char[] text = new char[LongestTokenFile];
        return new string(text, 0, reader.ReadBlock(text));
    }

    private static bool IsTrue(string? value) => value?.ToUpperInvariant() is "1" or "ON" or "YES" or "TRUE";

    private string? Value(string name) => variable(name) is { Length: > 0 } value ? value : null;

    // As Python expands them: '~' at the beginning, '$NAME' and '${NAME}' everywhere; what is not set stays as it is.
    private string? PathIn(string name)
    {
        if (Value(name) is not { } path)
        {
            return null;
        }

        bool isOfUser = path == "~" || path.StartsWith("~/", StringComparison.Ordinal);
        string whole = isOfUser && UserFolder is { } user ? user + path[1..] : path;
        return VariablePattern()
            .Replace(whole, found => Value(found.Groups[1].Value + found.Groups[2].Value) ?? found.Value);
    }

    [GeneratedRegex(@"\$(?:(\w+)|\{(\w+)\})", RegexOptions.ECMAScript)]
    private static partial Regex VariablePattern();
}
