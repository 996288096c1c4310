using System.Runtime.InteropServices;

namespace CircuitPipeline.Tensors.Reproducibility;

/// <summary>Variables that libtorch and its libraries read once: OpenMP when it is loaded, the others when they first compute.</summary>
internal static class NativeEnvironment
{
    /// <summary>What makes sums and functions the same on every processor with AVX2, and on CUDA from run to run.</summary>
    /// <remarks>
    /// Each was found by comparing digests of operations between this processor's instructions and emulated others:
    /// <code>
    /// MKL_CBWR                     products and vector functions of MKL; 'AVX2,STRICT' is for Intel's processors only
    /// ATEN_CPU_CAPABILITY          libtorch's own kernels: 'default', 'avx2' and 'avx512' differ from each other
    /// ONEDNN_MAX_CPU_ISA           what oneDNN generates
    /// ONEDNN_DEFAULT_FPMATH_MODE   no rounding to bfloat16 on the way, whatever the user's environment says
    /// CUBLAS_WORKSPACE_CONFIG      cuBLAS chooses its algorithms by the room it has (NVIDIA, cuBLAS, Results Reproducibility)
    /// NVIDIA_TF32_OVERRIDE         no TF32 in place of float32, in any library
    /// </code>
    /// </remarks>
    internal static readonly (string Name, string Value)[] Reproducible =
    [
        ("MKL_CBWR", "COMPATIBLE"),
        ("ATEN_CPU_CAPABILITY", "avx2"),
        ("ONEDNN_MAX_CPU_ISA", "AVX2"),
        ("ONEDNN_DEFAULT_FPMATH_MODE", "STRICT"),
        ("CUBLAS_WORKSPACE_CONFIG", ":4096:8"),
        ("NVIDIA_TF32_OVERRIDE", "0"),
    ];

    /// <summary>
    /// Lets idle OpenMP threads sleep: they spin by default and take the cores from everything else, which is four times as slow
    /// where more than one work item runs. A value that the user has set stays. But fewer threads than were asked for would give
    /// other sums under the same key, so what lets OpenMP take fewer does not stay.
    /// </summary>
    internal static void SetBeforeLoading()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Set("OMP_WAIT_POLICY", "passive", isOverwriting: false);
        Set("OMP_DYNAMIC", "false", isOverwriting: true);
        _ = UnsetInUnix("OMP_THREAD_LIMIT");
    }

    /// <summary>Sets what numerics ask for; in fast ones what the user has set stays.</summary>
    internal static void Set(Numerics numerics)
    {
        if (numerics == Numerics.Reproducible)
        {
            foreach ((string name, string value) in Reproducible)
            {
                Set(name, value, isOverwriting: true);
            }
        }
    }

    // Environment.SetEnvironmentVariable changes .NET's own copy only, on Windows the system's but not that of the C library.
    private static void Set(string name, string value, bool isOverwriting)
    {
        if (OperatingSystem.IsWindows())
        {
            Environment.SetEnvironmentVariable(name, value);
            _ = SetInWindows(name, value);
        }
        else
        {
            _ = SetInUnix(name, value, isOverwriting ? 1 : 0);
        }
    }

    [DllImport("libc", EntryPoint = "setenv")]
    private static extern int SetInUnix(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string name,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string value,
        int overwrite
    );

    [DllImport("libc", EntryPoint = "unsetenv")]
    private static extern int UnsetInUnix([MarshalAs(UnmanagedType.LPUTF8Str)] string name);

    [DllImport("ucrtbase", EntryPoint = "_putenv_s")]
    private static extern int SetInWindows(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string name,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string value
    );
}
