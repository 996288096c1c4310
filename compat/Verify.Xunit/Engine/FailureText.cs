using System.Text;

namespace VerifyTests.Engine;

/// <summary>The exception's message: which files, then their texts or what a comparer says.</summary>
internal sealed class FailureText(string directory)
{
    private readonly StringBuilder _files = new();
    private readonly StringBuilder _content = new();

    public void New(string received, string verified, string text)
    {
        List("New", received, verified);
        Content("New", received).Append($"{text}\n\n");
    }

    public void NotEqual(string received, string verified, string text, string accepted, string? message)
    {
        List("NotEqual", received, verified);
        StringBuilder content = Content("NotEqual", received);
        content.Append(
            message is null
                ? $"{text}\nVerified: {Shown(verified)}\n{accepted}\n\n"
                : $"Verified: {Shown(verified)}\nCompare Result:\n{message}\n\n"
        );
    }

    public void Equal(string received, string verified) => List("Equal", received, verified);

    public void Delete(IEnumerable<string> files)
    {
        _files.Append("Delete:\n");
        foreach (string file in files)
        {
            _files.Append($"  - {Path.GetFileName(file)}\n");
        }
    }

    public override string ToString() =>
        $"Directory: {directory}\n{_files}" + (_content.Length > 0 ? $"\nFileContent:\n\n{_content}" : "");

    private void List(string kind, string received, string verified) =>
        _files.Append($"{kind}:\n  - Received: {Shown(received)}\n    Verified: {Shown(verified)}\n");

    private StringBuilder Content(string kind, string received) =>
        _content.Append($"{kind}:\n\nReceived: {Shown(received)}\n");

    private string Shown(string file) => Path.GetRelativePath(directory, file);
}
