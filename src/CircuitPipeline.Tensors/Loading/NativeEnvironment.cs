using System.Runtime.InteropServices;

namespace CircuitPipeline.Tensors;

/// <summary>Variables that libtorch's libraries read once, when they are loaded.</summary>
internal static class NativeEnvironment
{
    /// <summary>
    /// Lets idle OpenMP threads sleep: they spin by default and take the cores from everything else, which is four times as slow
    /// where more than one work item runs. A value that the user has set stays.
    /// </summary>
    internal static void SetBeforeLoading()
    {
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS())
            _ = SetVariable("OMP_WAIT_POLICY", "passive", overwrite: 0);
    }

    // Environment.SetEnvironmentVariable changes .NET's own copy only.
    [DllImport("libc", EntryPoint = "setenv")]
    private static extern int SetVariable(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string name,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string value,
        int overwrite
    );
}
