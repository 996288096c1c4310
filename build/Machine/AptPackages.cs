namespace CircuitPipeline.BuildHost;

/// <summary>Installs Debian's packages, or says the command that would.</summary>
public sealed class AptPackages(IMachine machine, string log, Action<string> say)
{
    private const string InstallCommand = "apt-get install -y --no-install-recommends";

    public bool MayInstall => machine.HasProgram("apt-get") && machine.IsRoot;

    /// <summary>The command for a person to run.</summary>
    public static string CommandFor(string names) => $"sudo apt-get update && sudo {InstallCommand} {names}";

    /// <summary>Whether they are installed now; what went wrong has been said.</summary>
    public bool Install(params string[] names)
    {
        say(
            $"Installing {string.Join(' ', names)} with apt-get; this takes a minute or two, and its output goes to '{log}'."
        );
        return Run("update") && Run([.. InstallCommand.Split(' ').Skip(1), .. names]);
    }

    private bool Run(params string[] arguments)
    {
        // Another apt may be at work on a fresh machine.
        string[] settings = ["DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=120"];
        int exitCode = machine.Run("env", [.. settings, .. arguments], log);
        if (exitCode != 0)
        {
            say($"'apt-get {string.Join(' ', arguments)}' ended with {exitCode}; see the end of '{log}'.");
        }

        return exitCode == 0;
    }
}
