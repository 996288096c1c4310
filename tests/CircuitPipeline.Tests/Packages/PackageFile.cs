using System.IO.Compression;
using System.Xml.Linq;
using CircuitPipeline.Testing;

namespace CircuitPipeline.Tests.Packages;

/// <summary>A packed package or symbol package, read.</summary>
internal static class PackageFile
{
    /// <summary>Its files in order, without what every package has.</summary>
    internal static string[] Files(string path)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        return
        [
            .. zip
                .Entries.Select(entry => entry.FullName)
                .Where(name => !name.StartsWith("_rels/") && !name.StartsWith("package/") && name[0] != '[')
                .Order(StringComparer.Ordinal),
        ];
    }

    internal static byte[] Read(string path, string file)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        using Stream stream = zip.GetEntry(file)!.Open();
        MemoryStream bytes = new();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>The elements of a name that its description has.</summary>
    internal static XElement[] Elements(string path, string name)
    {
        string nuspec = Files(path).Single(file => file.EndsWith(".nuspec", StringComparison.Ordinal));
        return
        [
            .. XDocument
                .Load(new MemoryStream(Read(path, nuspec)))
                .Descendants()
                .Where(element => element.Name.LocalName == name),
        ];
    }

    /// <summary>The version of a package that this repository names, with its brackets.</summary>
    internal static string CentralVersion(string package)
    {
        XDocument versions = XDocument.Load(Path.Combine(RepositoryRoot.Path, "Directory.Packages.props"));
        string version = versions
            .Descendants("PackageVersion")
            .Single(version => (string?)version.Attribute("Include") == package)
            .Attribute("Version")!
            .Value;
        return versions
            .Descendants("PropertyGroup")
            .Elements()
            .Aggregate(version, (text, property) => text.Replace($"$({property.Name})", property.Value));
    }
}
