using System.Text;

namespace CircuitPipeline.Pipeline.Store;

/// <summary>Turns any name into one safe file name, and checks names that came from a file.</summary>
internal static class PathSegment
{
    private const int Longest = 120; // bytes; file systems allow 255, suffixes need room
    private const string Plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.=,+@";

    /// <summary>The name itself where it is plain; else with other bytes as %XX; cut and completed by a digest where too long.</summary>
    public static string Of(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        StringBuilder text = new();
        foreach (byte b in Encoding.UTF8.GetBytes(name))
        {
            _ = Plain.Contains((char)b) ? text.Append((char)b) : text.Append($"%{b:X2}");
        }

        if (text[0] == '.') // '.', '..' and hidden names
        {
            text.Remove(0, 1).Insert(0, "%2E");
        }

        return text.Length <= Longest ? text.ToString() : $"{text.ToString(0, Longest)}%{Digest.OfText(name).Short}";
    }

    /// <summary>Whether this is a relative path that stays in its folder: segments between '/', no '.', '..' or '\'.</summary>
    public static bool IsInnerPath(string path) =>
        path.Length is > 0 and <= 1024
        && !path.Any(letter => letter is '\\' or ':' || char.IsControl(letter))
        && path.Split('/').All(segment => segment is not ("" or "." or ".."));
}
