namespace CircuitPipeline.Hub.Download;

/// <summary>The rule for paths in a repository: below its folder, on every system.</summary>
internal static class RepositoryPath
{
    private const int Longest = 1024;
    private const int LongestPart = 255;

    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL", "COM", "LPT"];

    /// <summary>Whether a path stays in the folder that it is taken in.</summary>
    internal static bool IsInside(string path) => path.Length <= Longest && path.Split('/').All(IsName);

    private static bool IsName(string part) =>
        part.Length is > 0 and <= LongestPart
        && !part.EndsWith('.')
        && !part.EndsWith(' ')
        && !part.Any(c => c is '\\' or ':' || char.IsControl(c) || char.IsSurrogate(c))
        && !IsDevice(part);

    // On Windows such a name is a device in every folder and with every ending.
    private static bool IsDevice(string part)
    {
        string name = part.Split('.')[0].TrimEnd().ToUpperInvariant();
        return Devices.Contains(name.TrimEnd('1', '2', '3', '4', '5', '6', '7', '8', '9')) && name.Length is 3 or 4;
    }
}
