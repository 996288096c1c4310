namespace CircuitPipeline.Testing;

/// <summary>Other people's files to test against, the paper's and Pythia's tokenizer, kept outside the repository; tests that need them are skipped where they are missing.</summary>
public static class ReferenceFolder
{
    public const string Variable = "CIRCUITPIPELINE_REFERENCE";

    public static string Path =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder
            ? folder
            : System.IO.Path.GetFullPath(System.IO.Path.Combine(RepositoryRoot.Path, "..", "shared", "reference"));

    public static bool Exists => Directory.Exists(Path);

    public static string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);
}
