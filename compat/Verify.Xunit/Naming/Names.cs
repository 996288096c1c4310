using System.Runtime.CompilerServices;

namespace VerifyTests;

/// <summary>What may be a part of a snapshot's path.</summary>
internal static class Names
{
    // Those that some file system does not allow, so that a snapshot can be checked out everywhere.
    private const string ForbiddenInFiles = "\"\\<>|:*?/";

    /// <summary>A nested class is named with the one around it.</summary>
    public static string OfType(Type type) => type.DeclaringType is { } outer ? $"{outer.Name}.{type.Name}" : type.Name;

    public static string Valid(string text) => string.Concat(text.Select(c => IsForbidden(c) ? '-' : c));

    public static void MustBeFile(string name, [CallerArgumentExpression(nameof(name))] string argument = "") =>
        Must(name, argument, c => Path.GetInvalidFileNameChars().Contains(c), "a file name");

    public static void MustBeFolder(string name, [CallerArgumentExpression(nameof(name))] string argument = "") =>
        Must(name, argument, c => Path.GetInvalidPathChars().Contains(c), "a folder");

    public static void MustBeExtension(string name, [CallerArgumentExpression(nameof(name))] string argument = "")
    {
        Must(name, argument, c => c is '\\' or '/', "an extension");
        if (name.StartsWith('.'))
        {
            throw new ArgumentException($"'{name}' begins with a period, but is to be written without one.", argument);
        }
    }

    private static bool IsForbidden(char c) => c < ' ' || ForbiddenInFiles.Contains(c);

    private static void Must(string name, string argument, Func<char, bool> isForbidden, string what)
    {
        ArgumentException.ThrowIfNullOrEmpty(name, argument);
        if (name.Any(isForbidden))
        {
            throw new ArgumentException(
                $"'{name}' has the character '{name.First(isForbidden)}', which {what} may not have.",
                argument
            );
        }
    }
}
