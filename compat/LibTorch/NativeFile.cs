using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace LibTorch;

/// <summary>
/// The compiled <c>libtorch_boxed.cpp</c>, kept per user and keyed by its source, libtorch's path and version and
/// the compiler's flags, so that every clone and every published tool on the machine shares it.
/// </summary>
public static class NativeFile
{
    private const string SourceName = "libtorch_boxed.cpp";

    /// <summary>Where the library is, or will be once built.</summary>
    public static string PathOf(LibTorchInstallation libTorch, Func<string, string?> environment)
    {
        string key = string.Join('\n', [Source(), libTorch.LibraryFolder, libTorch.Version, .. Flags(libTorch)]);
        string digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..16];
        return Path.Combine(CacheFolder(environment), $"{libTorch.Version}-{digest}", "libtorch_boxed.so");
    }

    public static bool IsBuilt(LibTorchInstallation libTorch, Func<string, string?> environment) =>
        File.Exists(PathOf(libTorch, environment));

    /// <summary>Compiles the file with g++ (about 15 s) and returns its path; a failed build leaves nothing behind.</summary>
    /// <exception cref="InvalidOperationException">The compiler is missing or failed; one sentence says which.</exception>
    public static string Build(LibTorchInstallation libTorch, Func<string, string?> environment, Action<string> log)
    {
        string target = PathOf(libTorch, environment);
        string folder = Path.GetDirectoryName(target)!;
        string work = Directory.CreateDirectory($"{folder}.{Environment.ProcessId}").FullName;
        try
        {
            string source = Path.Combine(work, SourceName);
            string output = Path.Combine(work, "libtorch_boxed.so");
            File.WriteAllText(source, Source());
            log($"Compiling {SourceName} against libtorch {libTorch.Version} in '{libTorch.LibraryFolder}'.");
            Compile([.. Flags(libTorch), source, "-o", output, .. LinkFlags(libTorch)]);
            Directory.CreateDirectory(folder);
            File.Move(output, target, overwrite: true);
            return target;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static void Compile(string[] arguments)
    {
        Process? process;
        try
        {
            process = Process.Start(new ProcessStartInfo("g++", arguments) { RedirectStandardError = true });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new InvalidOperationException(
                "The compiler 'g++' was not found; install it with 'apt-get install g++'."
            );
        }

        using (process)
        {
            string errors = process!.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode == 0)
                return;
            string first = errors.Split('\n').FirstOrDefault(line => line.Contains("error")) ?? errors.Trim();
            throw new InvalidOperationException($"g++ could not compile {SourceName} against this libtorch: {first}");
        }
    }

    private static string[] Flags(LibTorchInstallation libTorch) =>
        [
            $"-std=c++{libTorch.CxxStandard}",
            $"-D_GLIBCXX_USE_CXX11_ABI={(libTorch.UsesCxx11Abi ? 1 : 0)}",
            "-O2",
            "-fPIC",
            "-shared",
            "-fvisibility=hidden",
            $"-I{libTorch.IncludeFolder}",
            $"-I{libTorch.IncludeFolder}/torch/csrc/api/include",
        ];

    private static string[] LinkFlags(LibTorchInstallation libTorch) =>
        [
            $"-L{libTorch.LibraryFolder}",
            $"-Wl,-rpath,{libTorch.LibraryFolder}",
            "-ltorch",
            "-ltorch_cpu",
            "-lc10",
            "-ldl",
        ];

    private static string CacheFolder(Func<string, string?> environment)
    {
        string cache = environment("XDG_CACHE_HOME") is { Length: > 0 } folder
            ? folder
            : Path.Combine(environment("HOME") ?? Path.GetTempPath(), ".cache");
        return Path.Combine(cache, "circuit-pipeline", "libtorch");
    }

    private static string Source()
    {
        using Stream stream = typeof(NativeFile).Assembly.GetManifestResourceStream(SourceName)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
