#nullable enable
using System.Security.Cryptography;
using System.Text;

/// <summary>A digest over path, size and time of every source the host is built from: asking MSBuild would take seconds.</summary>
internal static class SourceStamp
{
    private static readonly string[] Folders = ["build", "src", "compat"];
    private static readonly string[] Extensions = [".cs", ".csproj", ".props", ".targets"];
    private static readonly string[] Outputs = ["bin", "obj"];

    public static string Of(string root, Supply supply)
    {
        IEnumerable<FileInfo> sources = Folders.SelectMany(folder =>
            Sources(new DirectoryInfo(System.IO.Path.Combine(root, folder)))
        );
        string[] atTheTop =
        [
            "Directory.Build.props",
            "Directory.Build.targets",
            "Directory.Packages.props",
            "global.json",
            "supply.props",
        ];
        IEnumerable<FileInfo> top = atTheTop
            .Select(name => new FileInfo(System.IO.Path.Combine(root, name)))
            .Where(file => file.Exists);

        StringBuilder text = new StringBuilder().Append(supply).Append('\n');
        foreach (FileInfo file in sources.Concat(top).OrderBy(file => file.FullName, StringComparer.Ordinal))
        {
            text.Append($"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks}\n");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }

    private static IEnumerable<FileInfo> Sources(DirectoryInfo folder) =>
        !folder.Exists
            ? []
            : folder
                .EnumerateDirectories()
                .Where(inner => !Outputs.Contains(inner.Name))
                .SelectMany(Sources)
                .Concat(folder.EnumerateFiles().Where(file => Extensions.Contains(file.Extension)));
}
