namespace CircuitPipeline.Tensors;

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
