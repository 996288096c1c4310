namespace VerifyTests.Engine;

/// <summary>What a value became: a text and the extension of its file.</summary>
internal sealed record SnapshotText(string Text, string Extension);
