namespace LibTorch;

/// <summary>A libtorch on this machine.</summary>
/// <param name="Origin">How it was found: 'LIBTORCH', 'PyTorch' or 'system'.</param>
/// <param name="RootFolder">The folder that the origin names; for 'system' the folder above include.</param>
/// <param name="IncludeFolder">The folder that holds <c>torch/</c> and <c>ATen/</c>.</param>
/// <param name="LibraryFolder">The folder that holds <c>libtorch_cpu.so</c>.</param>
/// <param name="Version">As <c>torch/version.h</c> states it.</param>
/// <param name="CxxStandard">The C++ standard that libtorch's headers need.</param>
/// <param name="UsesCxx11Abi">Whether it was built with the C++11 ABI of libstdc++.</param>
public sealed record LibTorchInstallation(
    string Origin,
    string RootFolder,
    string IncludeFolder,
    string LibraryFolder,
    string Version,
    int CxxStandard,
    bool UsesCxx11Abi
)
{
    /// <summary>The CUDA kernels, where this libtorch has them.</summary>
    public string? CudaLibrary =>
        Path.Combine(LibraryFolder, "libtorch_cuda.so") is var path && File.Exists(path) ? path : null;
}
