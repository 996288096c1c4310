using System.Text;

namespace CircuitPipeline.Tensors.Loading;

/// <summary>A libtorch that the system's own loader would find by name, such as a distribution's.</summary>
/// <remarks>
/// TorchSharp asks for 'torch_cpu' before anything of ours is asked, so another version would be loaded, and ours not any more: a
/// process has one library of a name. Where there is one, ours must be loaded first.
/// </remarks>
internal static class ForeignLibTorch
{
    private const string Name = "libtorch_cpu.so";
    private const string Cache = "/etc/ld.so.cache";
    private static readonly string[] SystemFolders = ["/lib", "/usr/lib", "/lib64", "/usr/lib64"];

    internal static bool IsInReach() =>
        OperatingSystem.IsLinux() && IsInReach(Known(), Environment.GetEnvironmentVariable("LD_LIBRARY_PATH") ?? "");

    /// <param name="cache">The names and paths that the system's loader knows, each with a zero behind it.</param>
    /// <param name="path">Folders that it searches first, with colons or semicolons between them; an empty one is the current folder.</param>
    internal static bool IsInReach(ReadOnlySpan<byte> cache, string path) =>
        cache.IndexOf(Encoding.ASCII.GetBytes($"{Name}\0")) >= 0
        || (path.Length == 0 ? [] : path.Split(':', ';'))
            .Concat(SystemFolders)
            .Any(folder => File.Exists(Path.Combine(folder, Name)));

    // A cache that cannot be read names none.
    private static byte[] Known()
    {
        try
        {
            return File.Exists(Cache) ? File.ReadAllBytes(Cache) : [];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
