using System.Reflection;

namespace VerifyTests;

/// <summary>Where a test's snapshots lie and what they are called; null leaves it as it is.</summary>
public readonly struct PathInfo
{
    public PathInfo(string? directory = null, string? typeName = null, string? methodName = null)
    {
        if (directory is not null)
        {
            Names.MustBeFolder(directory);
        }

        foreach (string? name in (string?[])[typeName, methodName])
        {
            if (name is not null)
            {
                Names.MustBeFile(name);
            }
        }

        (Directory, TypeName, MethodName) = (directory, typeName, methodName);
    }

    public string? Directory { get; }

    public string? TypeName { get; }

    public string? MethodName { get; }

    /// <summary>Beside the test's source file, by class and method.</summary>
    public static PathInfo DeriveDefault(string sourceFile, string projectDirectory, Type type, MethodInfo method) =>
        new(Path.GetDirectoryName(sourceFile), Names.OfType(type), method.Name);
}
