namespace VerifyTests;

/// <summary>What was verified, and the files that hold it.</summary>
public class VerifyResult
{
    private readonly string[] files;

    internal VerifyResult(string[] files, object? target) => (this.files, Target) = (files, target);

    public object? Target { get; }

    public string Text => File.ReadAllText(TextFiles.Single());

    public IEnumerable<string> TextFiles => files;

    public IEnumerable<string> Files => files;
}
