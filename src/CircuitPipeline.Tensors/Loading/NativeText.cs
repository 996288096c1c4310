using System.Runtime.InteropServices;

namespace CircuitPipeline.Tensors.Loading;

/// <summary>Calls functions of libtorch that take nothing and return a <c>std::string</c>.</summary>
/// <remarks>
/// By the System V ABI such a function gets, as its only argument, the place for the result. The name of each function says
/// that it returns libstdc++'s string since GCC 5 (the tag <c>cxx11</c>), which is a pointer, a length and 16 bytes of room for a
/// short text. So where a name is exported, the call fits; where it is not, nothing is called.
/// </remarks>
internal static class NativeText
{
    /// <summary><c>at::show_config()</c>: how libtorch was built.</summary>
    internal const string ShowConfig = "_ZN2at11show_configB5cxx11Ev";

    /// <summary><c>at::get_cpu_capability()</c>: the instructions that its kernels use.</summary>
    internal const string CpuCapability = "_ZN2at18get_cpu_capabilityB5cxx11Ev";

    private const int StringBytes = 32;
    private const long LongestText = 1 << 20;

    /// <summary>The text; null where the function is not there or the platform is another.</summary>
    internal static string? Of(nint library, string function)
    {
        bool isKnownAbi = OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;
        if (!isKnownAbi || library == 0 || !NativeLibrary.TryGetExport(library, function, out nint address))
        {
            return null;
        }
        // Not on the garbage-collected heap: a short string points into itself. A long one's own memory, 2 kB once, is not freed.
        nint text = Marshal.AllocHGlobal(StringBytes);
        try
        {
            Marshal.GetDelegateForFunctionPointer<Writer>(address)(text);
            nint characters = Marshal.ReadIntPtr(text);
            long length = Marshal.ReadInt64(text, sizeof(long));
            return characters == 0 || length is < 0 or > LongestText
                ? null
                : Marshal.PtrToStringUTF8(characters, (int)length);
        }
        finally
        {
            Marshal.FreeHGlobal(text);
        }
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nint Writer(nint result);
}
