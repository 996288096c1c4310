using LibTorch;

namespace CircuitPipeline.BuildHost;

/// <summary>What the build may see of the machine and do to it; the tests have one of their own.</summary>
public interface IMachine
{
    bool IsRoot { get; }

    /// <summary>The value of an environment variable, or null.</summary>
    string? Variable(string name);

    /// <summary>Whether a program of this name is on the path.</summary>
    bool HasProgram(string name);

    /// <summary>Whether an optimised BLAS is installed: with the reference BLAS a matrix product is 40 times slower.</summary>
    bool HasFastBlas { get; }

    LibTorchInstallation? FindLibTorch();

    bool HasNativeFile(LibTorchInstallation libTorch);

    /// <summary>Throws <see cref="InvalidOperationException"/> with one sentence when it cannot be built.</summary>
    void BuildNativeFile(LibTorchInstallation libTorch, Action<string> say);

    /// <summary>Runs a program to its end, its output on this console or appended to a file; returns its exit code.</summary>
    int Run(string program, string[] arguments, string? log = null);
}
