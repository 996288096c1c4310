#nullable enable

/// <summary>The command line of <c>dotnet cake</c>, as far as the bridge reads it.</summary>
internal static class CommandLine
{
    // These speak to Cake.Tool about this script, not to the build.
    private static readonly string[] ToolOptions = ["--skip-bootstrap", "--invalidate-script-cache"];

    /// <summary>Everything but the tool's own path, the script's name and the options about the script.</summary>
    public static string[] Forwarded(string[] commandLine)
    {
        List<string> arguments = [.. commandLine.Skip(1)];
        int script = arguments.FindIndex(argument => argument.EndsWith(".cake", StringComparison.Ordinal));
        if (script >= 0 && !arguments[script].StartsWith('-'))
        {
            arguments.RemoveAt(script);
        }

        return [.. arguments.Where(argument => !ToolOptions.Contains(argument))];
    }
}
