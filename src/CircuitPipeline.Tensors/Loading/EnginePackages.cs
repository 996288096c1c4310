namespace CircuitPipeline.Tensors.Loading;

/// <summary>Which packages of the engine this process can load its native files from, and which it lacks; loads nothing.</summary>
/// <param name="LibTorch">The folder that <c>LIBTORCH</c> or PyTorch names; null where none does. Where one does, no package's libtorch is looked for.</param>
/// <param name="Variable">The environment variable that leads to it.</param>
/// <param name="Folder">Where NuGet keeps this user's packages: <c>NUGET_PACKAGES</c>, or <c>.nuget/packages</c> in his folder; null where there is neither.</param>
/// <param name="Missing">Those whose file lies neither beside the program nor, as a package that NuGet has unpacked to its end, in a folder of packages.</param>
public sealed record EnginePackages(
    string? LibTorch,
    string Variable,
    string? Folder,
    IReadOnlyList<EnginePackage> Missing
)
{
    /// <summary>As it is now.</summary>
    /// <exception cref="LibTorchNotLoadedException">There is no engine for this platform.</exception>
    public static EnginePackages OfThisProcess() => Of(NativeFolders.OfThisProcess());

    internal static EnginePackages Of(NativeFolders folders)
    {
        LibTorchFiles.MustBeSupported(NativeFolders.Platform);
        (EnginePackage Package, string File)[] needed =
        [
            (EnginePackage.LibTorch, LibTorchFiles.Names.LibTorch),
            (EnginePackage.TorchSharp, LibTorchFiles.Names.Shim),
        ];
        return new(
            folders.LibTorch,
            folders.Variable,
            folders.Packages.LastOrDefault(),
            [.. needed.Where(one => !folders.Has(one.Package, one.File)).Select(one => one.Package)]
        );
    }
}

/// <summary>A package that holds native files of the engine.</summary>
/// <param name="Name">Its name as NuGet's folder of packages has it, such as <c>libtorch-cpu-linux-x64</c>.</param>
/// <param name="Version">Its version, such as <c>2.10.0</c>.</param>
public sealed record EnginePackage(string Name, string Version)
{
    /// <summary>The package that holds libtorch for this platform.</summary>
    public static EnginePackage LibTorch { get; } =
        new($"libtorch-cpu-{NativeFolders.Platform}", LibTorchLoader.LibTorchVersion);

    /// <summary>The package that holds TorchSharp's own native library.</summary>
    public static EnginePackage TorchSharp { get; } = new("torchsharp", LibTorchLoader.TorchSharpVersion);

    /// <summary>As <c>dotnet package download</c> takes it: <c>NAME@VERSION</c>.</summary>
    public override string ToString() => $"{Name}@{Version}";
}
