using System.Security.Cryptography;
using System.Text;

namespace CircuitPipeline.Reporting.Html;

/// <summary>The scripts and styles embedded in this assembly.</summary>
internal static class WebFile
{
    public static string Read(string name)
    {
        using Stream stream =
            typeof(WebFile).Assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentException($"The assembly embeds no '{name}'.", nameof(name));
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>The hash by which a content security policy allows an inline script or style.</summary>
    public static string PolicyHash(string content) =>
        $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'";
}
