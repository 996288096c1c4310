using System.Runtime.InteropServices;
using LibTorch;

namespace TorchSharp.Interop;

/// <summary>The exports of <c>libtorch_boxed.cpp</c>, bound when the first of them is used.</summary>
internal static unsafe partial class Native
{
    private static readonly IntPtr Library = Load();

    internal static readonly delegate* unmanaged<IntPtr> Error = (delegate* unmanaged<IntPtr>)Export("lt_error");
    internal static readonly delegate* unmanaged<IntPtr> Version = (delegate* unmanaged<IntPtr>)Export("lt_version");
    internal static readonly delegate* unmanaged<byte*, byte*, IntPtr> FindOperator = (delegate* unmanaged<
        byte*,
        byte*,
        IntPtr>)Export("lt_find_operator");
    internal static readonly delegate* unmanaged<IntPtr, NativeValue*, int, NativeValue**, int> Call =
        (delegate* unmanaged<IntPtr, NativeValue*, int, NativeValue**, int>)Export("lt_call");

    internal static readonly delegate* unmanaged<IntPtr, void> Release = (delegate* unmanaged<IntPtr, void>)Export(
        "lt_release"
    );
    internal static readonly delegate* unmanaged<IntPtr, int> Dim = (delegate* unmanaged<IntPtr, int>)Export("lt_dim");
    internal static readonly delegate* unmanaged<IntPtr, long> Numel = (delegate* unmanaged<IntPtr, long>)Export(
        "lt_numel"
    );
    internal static readonly delegate* unmanaged<IntPtr, long*, void> Sizes = (delegate* unmanaged<
        IntPtr,
        long*,
        void>)Export("lt_sizes");
    internal static readonly delegate* unmanaged<IntPtr, long*, void> Strides = (delegate* unmanaged<
        IntPtr,
        long*,
        void>)Export("lt_strides");
    internal static readonly delegate* unmanaged<IntPtr, int> Dtype = (delegate* unmanaged<IntPtr, int>)Export(
        "lt_dtype"
    );
    internal static readonly delegate* unmanaged<IntPtr, long> ElementSize = (delegate* unmanaged<IntPtr, long>)Export(
        "lt_element_size"
    );
    internal static readonly delegate* unmanaged<IntPtr, int> DeviceType = (delegate* unmanaged<IntPtr, int>)Export(
        "lt_device_type"
    );
    internal static readonly delegate* unmanaged<IntPtr, int> DeviceIndex = (delegate* unmanaged<IntPtr, int>)Export(
        "lt_device_index"
    );
    internal static readonly delegate* unmanaged<IntPtr, int> IsContiguous = (delegate* unmanaged<IntPtr, int>)Export(
        "lt_is_contiguous"
    );
    internal static readonly delegate* unmanaged<IntPtr, IntPtr> DataPointer = (delegate* unmanaged<
        IntPtr,
        IntPtr>)Export("lt_data_pointer");

    internal static readonly delegate* unmanaged<IntPtr, int> RequiresGrad = (delegate* unmanaged<IntPtr, int>)Export(
        "lt_requires_grad"
    );
    internal static readonly delegate* unmanaged<IntPtr, int, int> SetRequiresGrad = (delegate* unmanaged<
        IntPtr,
        int,
        int>)Export("lt_set_requires_grad");
    internal static readonly delegate* unmanaged<IntPtr, int> IsLeaf = (delegate* unmanaged<IntPtr, int>)Export(
        "lt_is_leaf"
    );
    internal static readonly delegate* unmanaged<IntPtr, int> RetainGrad = (delegate* unmanaged<IntPtr, int>)Export(
        "lt_retain_grad"
    );
    internal static readonly delegate* unmanaged<IntPtr, IntPtr> Grad = (delegate* unmanaged<IntPtr, IntPtr>)Export(
        "lt_grad"
    );
    internal static readonly delegate* unmanaged<IntPtr, IntPtr, int> SetGrad = (delegate* unmanaged<
        IntPtr,
        IntPtr,
        int>)Export("lt_set_grad");
    internal static readonly delegate* unmanaged<int> GradEnabled = (delegate* unmanaged<int>)Export("lt_grad_enabled");
    internal static readonly delegate* unmanaged<int, void> SetGradEnabled = (delegate* unmanaged<int, void>)Export(
        "lt_set_grad_enabled"
    );
    internal static readonly delegate* unmanaged<IntPtr*, int, IntPtr*, int, int, int, IntPtr*, int, int> Backward =
        (delegate* unmanaged<IntPtr*, int, IntPtr*, int, int, int, IntPtr*, int, int>)Export("lt_backward");
    internal static readonly delegate* unmanaged<
        IntPtr*,
        int,
        IntPtr*,
        int,
        IntPtr*,
        int,
        int,
        int,
        int,
        IntPtr*,
        int> AutogradGrad = (delegate* unmanaged<
        IntPtr*,
        int,
        IntPtr*,
        int,
        IntPtr*,
        int,
        int,
        int,
        int,
        IntPtr*,
        int>)Export("lt_autograd_grad");

    internal static readonly delegate* unmanaged<int, int, IntPtr> DefaultGenerator = (delegate* unmanaged<
        int,
        int,
        IntPtr>)Export("lt_default_generator");
    internal static readonly delegate* unmanaged<ulong, int, int, IntPtr> NewGenerator = (delegate* unmanaged<
        ulong,
        int,
        int,
        IntPtr>)Export("lt_new_generator");
    internal static readonly delegate* unmanaged<IntPtr, void> ReleaseGenerator = (delegate* unmanaged<
        IntPtr,
        void>)Export("lt_release_generator");
    internal static readonly delegate* unmanaged<IntPtr, ulong, int> SetSeed = (delegate* unmanaged<
        IntPtr,
        ulong,
        int>)Export("lt_set_seed");
    internal static readonly delegate* unmanaged<IntPtr, long> Seed = (delegate* unmanaged<IntPtr, long>)Export(
        "lt_seed"
    );
    internal static readonly delegate* unmanaged<ulong, int> ManualSeed = (delegate* unmanaged<ulong, int>)Export(
        "lt_manual_seed"
    );
    internal static readonly delegate* unmanaged<int> Threads = (delegate* unmanaged<int>)Export("lt_threads");
    internal static readonly delegate* unmanaged<int, int> SetThreads = (delegate* unmanaged<int, int>)Export(
        "lt_set_threads"
    );
    internal static readonly delegate* unmanaged<int> CudaAvailable = (delegate* unmanaged<int>)Export(
        "lt_cuda_available"
    );
    internal static readonly delegate* unmanaged<int> CudaCount = (delegate* unmanaged<int>)Export("lt_cuda_count");
    internal static readonly delegate* unmanaged<int, int> CudaSynchronize = (delegate* unmanaged<int, int>)Export(
        "lt_cuda_synchronize"
    );

    internal static string Message(IntPtr text) => Marshal.PtrToStringUTF8(text)!;

    /// <summary>The message of this thread's last failed native call, as TorchSharp reports it.</summary>
    internal static ExternalException Failure() => new(Message(Error()));

    internal static void Check(int status)
    {
        if (status < 0)
            throw Failure();
    }

    internal static IntPtr Check(IntPtr handle) => handle == IntPtr.Zero ? throw Failure() : handle;

    private static IntPtr Export(string name) => NativeLibrary.GetExport(Library, name);

    private static IntPtr Load()
    {
        Func<string, string?> environment = Environment.GetEnvironmentVariable;
        LibTorchInstallation found =
            LibTorchLocator.Find(environment)
            ?? throw new DllNotFoundException(
                "No libtorch was found on this machine; run 'apt-get install --no-install-recommends libtorch-dev "
                    + "libopenblas0-pthread g++', or name a libtorch folder in LIBTORCH, or set LIBTORCH_USE_PYTORCH=1."
            );
        string path = NativeFile.PathOf(found, environment);
        if (!File.Exists(path))
            throw new DllNotFoundException(
                $"The native file for libtorch {found.Version} in '{found.LibraryFolder}' is not built; "
                    + "run 'dotnet cake --target=Toolchain' in the repository, or 'circuit doctor --build-native'."
            );

        // OpenMP's threads would otherwise wait for their next loop on a busy core, which OpenBLAS's threads need: with as
        // many threads as cores, forward and backward passes took 2.3 times as long. It is read when the library loads.
        SetVariable("OMP_WAIT_POLICY", "passive", overwrite: 0);
        IntPtr library = NativeLibrary.Load(path);
        if (found.CudaLibrary is { } cuda)
            LoadGlobally(library, cuda);
        return library;
    }

    /// <summary>Sets a variable of the C environment, which .NET's own copy does not reach; one that is set stays.</summary>
    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);

    // libtorch_cuda registers its kernels when it is loaded, and nothing refers to it by name.
    private static void LoadGlobally(IntPtr library, string path)
    {
        var load = (delegate* unmanaged<byte*, int>)NativeLibrary.GetExport(library, "lt_load_global");
        fixed (byte* text = System.Text.Encoding.UTF8.GetBytes(path + '\0'))
        {
            if (load(text) < 0)
            {
                var error = (delegate* unmanaged<IntPtr>)NativeLibrary.GetExport(library, "lt_error");
                throw new DllNotFoundException(Message(error()));
            }
        }
    }
}
