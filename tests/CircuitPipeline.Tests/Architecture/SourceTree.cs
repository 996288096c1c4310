using CircuitPipeline.Testing;

namespace CircuitPipeline.Tests.ArchitectureRules;

/// <summary>The written C# files of a folder of the repository: what compiling generates is left out.</summary>
internal static class SourceTree
{
    public static string[] Files(string folder) =>
        [
            .. Directory
                .GetFiles(Path.Combine(RepositoryRoot.Path, folder), "*.cs", SearchOption.AllDirectories)
                .Where(file => !file.Split('/').Any(part => part is "bin" or "obj"))
                .Order(StringComparer.Ordinal),
        ];

    public static string Shown(string file) => Path.GetRelativePath(RepositoryRoot.Path, file);
}
