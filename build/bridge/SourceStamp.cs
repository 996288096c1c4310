#nullable enable
using System.Security.Cryptography;
using System.Text;

/// <summary>A digest over path and content of every source the host is built from: asking MSBuild would take seconds, and it compares times.</summary>
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
            byte[] content = SHA256.HashData(System.IO.File.ReadAllBytes(file.FullName));
            text.Append($"{file.FullName} {Convert.ToHexStringLower(content)}\n");
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
