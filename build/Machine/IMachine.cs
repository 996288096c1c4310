namespace CircuitPipeline.BuildHost;

/// <summary>What the build may see of the machine and do to it; the tests have one of their own.</summary>
public interface IMachine
{
    bool IsRoot { get; }

    /// <summary>Whether a program of this name is on the path.</summary>
    bool HasProgram(string name);

    /// <summary>Runs a program to its end, its output on this console or appended to a file; returns its exit code.</summary>
    int Run(string program, string[] arguments, string? log = null);
}
