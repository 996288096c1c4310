using System.Reflection;
using System.Runtime.Loader;
using CircuitPipeline.Tensors.Reproducibility;

namespace CircuitPipeline.Tensors.Loading;

/// <summary>Finds and loads what TorchSharp is a binding of: libtorch, and TorchSharp's own native library over it, the shim.</summary>
/// <remarks>
/// <code>
/// 1. look for libtorch in the folder of LIBTORCH or of PyTorch, or else beside the program and in the folders of packages; for
///    the shim in the latter two (see NativeFolders)
/// 2. load libtorch part by part by its path, since a library of the same name elsewhere could come first
/// 3. load the shim, which finds the loaded libtorch by name
/// </code>
/// Nothing is copied: libtorch has 475 MB. TorchSharp 0.107.0 asks for 'torch_cpu' and 'LibTorchSharp' by name when its first
/// member is used. Names that .NET does not find itself reach <see cref="AssemblyLoadContext.ResolvingUnmanagedDll"/>, where
/// this class answers with what it loaded; without that answer TorchSharp copies libtorch into the program's folder.
/// <para>
/// The shim of Linux is linked by GCC 13 and needs version GLIBCXX_3.4.32 of libstdc++ for one symbol,
/// <c>_ZSt21ios_base_library_initv</c>, which the header iostream names and nothing calls. Debian 12 and Ubuntu 22.04 have
/// 3.4.30, so there a private copy of the shim is loaded in which that one version is weak (<see cref="WeakenedShim"/>).
/// libtorch's own files need 3.4.26. Files of packages are never changed.
/// </para>
/// </remarks>
public static class LibTorchLoader
{
    private static readonly Lazy<LoadedLibTorch> Engine = new(() =>
        LibTorchFiles
            .Find(NativeFolders.OfThisProcess())
            .Load(WeakenedShim.Cache(Environment.GetEnvironmentVariable, NativeFolders.UserFolder()))
    );
    private static int _isInstalled;

    /// <summary>The version of libtorch that this TorchSharp is built on, such as <c>2.10.0</c>.</summary>
    public static string LibTorchVersion { get; } =
        typeof(LibTorchLoader)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(item => item.Key == nameof(LibTorchVersion))
            .Value!;

    /// <summary>The version of TorchSharp's package, such as <c>0.107.0</c>.</summary>
    public static string TorchSharpVersion { get; } =
        typeof(TorchSharp.torch)
            .Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];

    /// <summary>
    /// The instructions that libtorch's own kernels use from now on, where it is loaded; null where it is not, or does not say. To
    /// ask fixes them, unless something has been computed.
    /// </summary>
    internal static string? CpuCapabilityIfLoaded =>
        Engine.IsValueCreated ? NativeText.Of(Engine.Value.LibTorchHandle, NativeText.CpuCapability) : null;

    /// <summary>
    /// Loads the engine now, unless it is loaded; every way into the pipeline that computes calls this first. Numerics that nobody
    /// has chosen become fast ones (<see cref="ProcessNumerics"/>).
    /// </summary>
    /// <returns>What was loaded from where.</returns>
    /// <exception cref="LibTorchNotLoadedException">A file is missing or cannot be loaded.</exception>
    public static LoadedLibTorch Load()
    {
        ProcessNumerics.FixUnlessChosen();
        return Engine.Value;
    }

    /// <summary>
    /// Answers TorchSharp when it asks for its native files; called by module initializers. Loads nothing yet, which would take
    /// .4 s from every command that does not compute, unless TorchSharp could find another libtorch by its name. Numerics can be
    /// chosen after that too: nothing is computed by loading.
    /// </summary>
    public static void Install()
    {
        if (Interlocked.Exchange(ref _isInstalled, 1) == 1)
        {
            return;
        }

        NativeEnvironment.SetBeforeLoading();
        AssemblyLoadContext.Default.ResolvingUnmanagedDll += Resolve;
        if (
            NativeFolders.IsNamed(Environment.GetEnvironmentVariable)
            || NativeFolders.IsShimBeside(AppContext.BaseDirectory)
            || ForeignLibTorch.IsInReach()
        )
        {
            TryLoad();
        }
    }

    // What is wrong is told by the next call of Load.
    private static void TryLoad()
    {
        try
        {
            _ = Engine.Value;
        }
        catch (Exception problem)
            when (problem is LibTorchNotLoadedException or IOException or UnauthorizedAccessException) { }
    }

    private static nint Resolve(Assembly assembly, string name) =>
        assembly.GetName().Name != "TorchSharp" ? 0
        : name == "LibTorchSharp" ? Load().ShimHandle
        : name == "torch_cpu" ? Load().LibTorchHandle
        : 0;
}
