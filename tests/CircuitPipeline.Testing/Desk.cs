namespace CircuitPipeline.Testing;

/// <summary>Where the tests run.</summary>
public static class Desk
{
    /// <summary>Whether there is no screen on which a diff tool could open a window.</summary>
    public static bool IsHeadless =>
        OperatingSystem.IsLinux()
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DISPLAY"))
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("WAYLAND_DISPLAY"));
}
