using System.Text.RegularExpressions;

namespace CircuitPipeline.Hub;

/// <summary>A model of the Hub, and which of its commits: <c>org/name</c> or <c>org/name@revision</c>.</summary>
public sealed partial record HubModelId
{
    /// <summary>The branch that is meant where none is said.</summary>
    public const string DefaultRevision = "main";

    private const int LongestName = 96; // the Hub's own bound
    private const int LongestRevision = 200;
    private const string Allowed =
        "'NAME' or 'ORG/NAME' of letters, digits, '-', '_' and '.' is allowed, with '@REVISION' (a branch, tag or commit) behind it";

    private HubModelId(string name, string revision) => (Name, Revision) = (name, revision);

    /// <summary><c>org/name</c>, or <c>name</c> alone for the Hub's first models.</summary>
    public string Name { get; }

    /// <summary>A branch, a tag, or a commit, whole or its first digits.</summary>
    public string Revision { get; }

    /// <summary>Reads an id.</summary>
    /// <param name="text">As a user writes it.</param>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public static HubModelId Parse(string text) =>
        TryParse(text)
        ?? throw new InvalidDataException(
            IsAddress(text)
                ? $"the id {MessageText.Quoted(text)} is an address; name the model alone, as 'ORG/NAME' or 'ORG/NAME@REVISION', and let HF_ENDPOINT say another host than the Hub's."
                : $"the id {MessageText.Quoted(text)} is none of a model of the Hub; {Allowed}."
        );

    /// <summary>Whether a text is the address of a page, which people copy from there, and neither an id nor a folder.</summary>
    /// <param name="text">As a user writes it.</param>
    public static bool IsAddress(string text) =>
        text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads an id; null when the text is none, such as a path.</summary>
    /// <param name="text">As a user writes it.</param>
    public static HubModelId? TryParse(string text)
    {
        int at = text.IndexOf('@', StringComparison.Ordinal);
        (string name, string revision) = at < 0 ? (text, DefaultRevision) : (text[..at], text[(at + 1)..]);
        return IsName(name) && IsRevision(revision) ? new HubModelId(name, revision) : null;
    }

    /// <summary>The same model at another revision.</summary>
    /// <param name="revision">The revision.</param>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public HubModelId At(string revision) => Parse($"{Name}@{revision}");

    /// <summary>As a user writes it.</summary>
    public override string ToString() => Revision == DefaultRevision ? Name : $"{Name}@{Revision}";

    /// <summary>Whether a text is a whole commit.</summary>
    internal static bool IsCommit(string text) => text.Length == 40 && IsHex(text);

    /// <summary>Whether a text is of hexadecimal digits in lower case.</summary>
    internal static bool IsHex(string text) => text.All(char.IsAsciiHexDigitLower);

    // huggingface_hub's rule for repositories (docs: package_reference/utilities, validators).
    private static bool IsName(string name) =>
        name.Length <= LongestName
        && NamePattern().IsMatch(name)
        && !name.Contains("--", StringComparison.Ordinal)
        && !name.Contains("..", StringComparison.Ordinal)
        && !name.EndsWith(".git", StringComparison.Ordinal);

    // A revision becomes a path below the folder 'refs': git's own rule for names leaves nothing that leads out of it.
    private static bool IsRevision(string revision) =>
        revision.Length <= LongestRevision
        && RevisionPattern().IsMatch(revision)
        && !revision.Contains("..", StringComparison.Ordinal)
        && !revision.Split('/').Any(part => part.StartsWith('.') || part.EndsWith('.') || part.EndsWith(".lock"));

    [GeneratedRegex(@"\A(\w|\w[\w.-]*\w)(/(\w|\w[\w.-]*\w))?\z", RegexOptions.ECMAScript)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A[\w.+=-]+(/[\w.+=-]+)*\z", RegexOptions.ECMAScript)]
    private static partial Regex RevisionPattern();
}
