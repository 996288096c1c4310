namespace CircuitPipeline.Testing;

/// <summary>Where the tests run.</summary>
public static class Desk
{
    /// <summary>Whether nobody would see the window of a diff tool: on a build server, and where there is no screen.</summary>
    public static bool IsUnattended =>
        Has("CI") || (OperatingSystem.IsLinux() && !Has("DISPLAY") && !Has("WAYLAND_DISPLAY"));

    private static bool Has(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
}
