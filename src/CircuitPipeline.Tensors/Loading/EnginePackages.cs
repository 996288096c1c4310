namespace CircuitPipeline.Tensors;

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
