using System.Collections.Concurrent;
using System.Reflection;

namespace VerifyTests.Engine;

/// <summary>The files of one call: <c>Class.Method_parameters.received.ext</c> and <c>.verified.ext</c>.</summary>
internal sealed class SnapshotFiles
{
    private static readonly ConcurrentDictionary<string, bool> Used = new();
    private readonly string _prefix;

    private SnapshotFiles(string directory, string prefix) => (Directory, _prefix) = (directory, prefix);

    public string Directory { get; }

    public static SnapshotFiles Of(
        VerifySettings settings,
        PathInfo path,
        string sourceFile,
        Type type,
        MethodInfo method
    )
    {
        string directory = Path.Combine(Path.GetDirectoryName(sourceFile)!, settings.Directory ?? path.Directory ?? "");
        string name =
            settings.FileName
            ?? (settings.TypeName ?? path.TypeName ?? Names.OfType(type))
                + "."
                + (settings.MethodName ?? path.MethodName ?? method.Name)
                + ParameterText.Of([.. method.GetParameters().Select(parameter => parameter.Name!)], settings);
        SnapshotFiles files = new(directory, Path.Combine(directory, name));
        files.MustBeUnused(settings);
        System.IO.Directory.CreateDirectory(directory);
        foreach (string old in files.Existing("received"))
        {
            File.Delete(old);
        }

        return files;
    }

    public string Received(string extension) => $"{_prefix}.received.{extension}";

    public string Verified(string extension) => $"{_prefix}.verified.{extension}";

    /// <summary>The files of this call that are there, with any extension.</summary>
    public string[] Existing(string kind) =>
        System.IO.Directory.Exists(Directory)
            ?
            [
                .. System
                    .IO.Directory.EnumerateFiles(Directory, $"*.{kind}.*")
                    .Where(file =>
                        file.StartsWith($"{_prefix}.{kind}.", StringComparison.Ordinal)
                        || file.StartsWith($"{_prefix}#", StringComparison.Ordinal)
                    )
                    .Order(StringComparer.Ordinal),
            ]
            : [];

    private void MustBeUnused(VerifySettings settings)
    {
        if (!settings.UniquePrefixDisabled && !Used.TryAdd(_prefix, true))
        {
            throw new InvalidOperationException(
                $"The prefix has already been used: {_prefix}. Tell the calls apart with UseMethodName, UseParameters, UseTextForParameters or UseDirectory, or allow it with DisableRequireUniquePrefix."
            );
        }
    }
}
