using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace VerifyTests.Scrubbing;

/// <summary>The folders of this machine, which differ on the next and are therefore replaced by what they are.</summary>
internal sealed class Folders
{
    private readonly (string Path, string Name)[] _replacements;

    private Folders(string project, string? solution)
    {
        Project = project;
        (string? Path, string Name)[] all =
        [
            (project, "{ProjectDirectory}"),
            (solution, "{SolutionDirectory}"),
            (AppContext.BaseDirectory, "{CurrentDirectory}"),
            (Environment.CurrentDirectory, "{CurrentDirectory}"),
            (Path.GetTempPath(), "{TempPath}"),
            (Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "{UserProfile}"),
        ];
        _replacements =
        [
            .. all.Select(folder => (Path: Clean(folder.Path), folder.Name))
                .Where(folder => folder.Path.Length > 1)
                .DistinctBy(folder => folder.Path)
                // The longest first, since one may lie in another.
                .OrderByDescending(folder => folder.Path.Length),
        ];
    }

    public string Project { get; }

    public static Folders Of(Assembly tests)
    {
        string? Value(string key) =>
            tests.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(data => data.Key == key)?.Value;
        return new Folders(Value("Verify.ProjectDirectory") ?? "", Value("Verify.SolutionDirectory"));
    }

    /// <summary>Replaces the folders, whichever slashes they are written with, where no letter or digit touches them.</summary>
    public void Replace(StringBuilder text)
    {
        string found = text.ToString();
        foreach ((string path, string name) in _replacements)
        {
            string pattern = Regex.Escape(path).Replace("/", @"[/\\]");
            found = Regex.Replace(found, $@"(?<![\p{{L}}\p{{N}}]){pattern}(?:[/\\]|(?![\p{{L}}\p{{N}}]))", name);
        }

        text.Clear().Append(found);
    }

    private static string Clean(string? path) => (path ?? "").Replace('\\', '/').TrimEnd('/');
}
