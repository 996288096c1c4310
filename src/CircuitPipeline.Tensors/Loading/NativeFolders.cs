using System.Runtime.InteropServices;

namespace CircuitPipeline.Tensors.Loading;

/// <summary>Where native files may lie, best first.</summary>
/// <param name="LibTorch">What the user says, null when nothing: a libtorch, or the <c>torch</c> folder of PyTorch. LIBTORCH is asked
/// before LIBTORCH_USE_PYTORCH, since a folder is the more exact of both.</param>
/// <param name="Program">The folder of the running program.</param>
/// <param name="Packages">Folders into which NuGet restores packages, the last of them where it does so for this user.</param>
internal sealed record NativeFolders(string? LibTorch, string Program, string[] Packages)
{
    private const string OwnLibTorch = "LIBTORCH";
    private const string ListedPackages = "package-folders.txt";

    // NuGet writes it last: without it a package is unpacked in part.
    private const string EndOfUnpacking = ".nupkg.metadata";

    /// <summary>The environment variable that led to <see cref="LibTorch"/>.</summary>
    internal string Variable { get; init; } = OwnLibTorch;

    /// <summary>This platform as NuGet names it, such as <c>linux-x64</c>.</summary>
    internal static string Platform { get; } =
        (
            OperatingSystem.IsWindows() ? "win-"
            : OperatingSystem.IsMacOS() ? "osx-"
            : "linux-"
        ) + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <summary>What to do about a libtorch that the user has named.</summary>
    internal string CorrectLibTorch =>
        Variable == PyTorchFolder.Variable
            ? $"{Variable} found '{LibTorch}': name the folder of a libtorch {LibTorchLoader.LibTorchVersion} in LIBTORCH, or unset it"
            : $"{Variable} is '{LibTorch}': name the folder of a libtorch {LibTorchLoader.LibTorchVersion}, or unset it";

    private string[] BesideProgram => [Program, Path.Combine(Program, Native)];

    private static string Native => Path.Combine("runtimes", Platform, "native");

    /// <summary>Whether the user names a libtorch.</summary>
    /// <param name="variable">Environment variables by name.</param>
    internal static bool IsNamed(Func<string, string?> variable) =>
        variable(OwnLibTorch) is { Length: > 0 } || variable(PyTorchFolder.Variable) is not (null or "" or "0");

    internal static NativeFolders OfThisProcess() =>
        Of(AppContext.BaseDirectory, Environment.GetEnvironmentVariable, UserFolder());

    /// <param name="program">The folder of the program; a build lists the folders there that it restored packages into.</param>
    /// <param name="variable">Environment variables by name.</param>
    /// <param name="user">The user's own folder; empty where there is none.</param>
    /// <param name="pyTorch">Finds PyTorch's folder; by default it asks Python.</param>
    internal static NativeFolders Of(
        string program,
        Func<string, string?> variable,
        string user,
        Func<string>? pyTorch = null
    )
    {
        string list = Path.Combine(program, ListedPackages);
        string[] listed = Absolute(File.Exists(list) ? File.ReadAllLines(list) : []);
        // As NuGet does: the variable's folder takes the place of the user's.
        string[] ofNuGet =
        [
            .. Absolute(variable("NUGET_PACKAGES") ?? "", Path.Combine(user, ".nuget", "packages")).Take(1),
        ];
        string? named = variable(OwnLibTorch) is { Length: > 0 } own ? own : null;
        if (named is not null && !Path.IsPathFullyQualified(named))
        {
            throw new LibTorchNotLoadedException(
                $"{OwnLibTorch} is '{named}', but must be a whole path, since it would mean another folder wherever a program is started; "
                    + $"write '{Path.GetFullPath(named)}' or unset it."
            );
        }

        bool usesPyTorch = named is null && PyTorchFolder.IsWanted(variable);
        return new NativeFolders(
            named ?? (usesPyTorch ? (pyTorch ?? (() => PyTorchFolder.Find()))() : null),
            program,
            [.. listed.Except(ofNuGet), .. ofNuGet]
        )
        {
            Variable = usesPyTorch ? PyTorchFolder.Variable : OwnLibTorch,
        };
    }

    /// <summary>Where libtorch may lie: a folder that the user names is the only one.</summary>
    internal string[] ForLibTorch() =>
        LibTorch is { } own
            ? [own, Path.Combine(own, "lib")]
            : [.. BesideProgram, .. InPackages(EnginePackage.LibTorch)];

    /// <summary>Where TorchSharp's own native library may lie.</summary>
    internal string[] ForShim() => [.. BesideProgram, .. InPackages(EnginePackage.TorchSharp)];

    /// <summary>Whether a file of a package lies beside the program, or in a package that is unpacked to its end.</summary>
    internal bool Has(EnginePackage package, string file) =>
        BesideProgram.Any(folder => File.Exists(Path.Combine(folder, file)))
        || Unpacked(package)
            .Any(folder =>
                File.Exists(Path.Combine(folder, Native, file)) && File.Exists(Path.Combine(folder, EndOfUnpacking))
            );

    /// <summary>What to do where a package is not there: the commands that bring it to a folder that is searched.</summary>
    internal string Bring(EnginePackage package) =>
        Packages is [.., var folder]
            ? $"run 'dotnet circuit doctor --install-engine' or 'dotnet package download {package} --output \"{folder}\"'"
            : "set HOME, or NUGET_PACKAGES to NuGet's folder of packages";

    /// <summary>What to do about a file of a package that cannot be loaded.</summary>
    internal string Renew(string path, EnginePackage package) =>
        Unpacked(package)
            .FirstOrDefault(folder => path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            is { } damaged
            ? $"delete '{damaged}' and {Bring(package)}"
            : $"put the file of {package.Name} {package.Version} in its place";

    /// <summary>
    /// Whether TorchSharp would find its native library beside the program itself, as in a published program or a build with
    /// libtorch for CUDA; it would look for libtorch in its own way then, and not take the adapted copy.
    /// </summary>
    /// <param name="program">The folder of the program.</param>
    internal static bool IsShimBeside(string program) =>
        new NativeFolders(null, program, []).BesideProgram.Any(folder =>
            File.Exists(Path.Combine(folder, LibTorchFiles.ShimName))
        );

    internal static string UserFolder() => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    private IEnumerable<string> InPackages(EnginePackage package) =>
        Unpacked(package).Select(folder => Path.Combine(folder, Native));

    private IEnumerable<string> Unpacked(EnginePackage package) =>
        Packages.Select(folder => Path.Combine(folder, package.Name, package.Version));

    // A relative one would take native code from wherever the program is started.
    private static string[] Absolute(params IEnumerable<string> folders) =>
        [.. folders.Where(Path.IsPathFullyQualified).Select(Path.TrimEndingDirectorySeparator)];
}
