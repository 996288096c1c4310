using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Store;

namespace CircuitPipeline.Tool.Commands;

/// <summary>A file that a command makes: refused before the work if it cannot be written, and whole or absent after it.</summary>
internal sealed class OutputFile
{
    private OutputFile(string path) => FullPath = path;

    /// <summary>Where the file is.</summary>
    internal string FullPath { get; }

    /// <summary>Takes a path, makes its folder and tries to write there.</summary>
    /// <param name="path">The path.</param>
    /// <param name="option">The option, for the message.</param>
    /// <param name="inputs">Files that the command reads, which it must not replace, and folders, in which it must write nothing.</param>
    /// <exception cref="InvalidExperimentException">A file cannot be written there.</exception>
    internal static OutputFile At(string path, string option, params string[] inputs)
    {
        string full = Path.GetFullPath(path);
        if (Array.Find(inputs, input => IsIn(full, Path.GetFullPath(input))) is { } read)
        {
            throw new InvalidExperimentException(
                $"'{option}' would write {MessageText.Quoted(path)} over or into {MessageText.Quoted(read)}, which the command reads; name another place."
            );
        }

        if (Directory.Exists(full))
        {
            throw new InvalidExperimentException(
                $"'{option}' is {MessageText.Quoted(path)}, but that is a folder; name a file in it."
            );
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            DurableFile.MustBeWritable(full);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new InvalidExperimentException(
                $"'{option}' is {MessageText.Quoted(path)}, but no file can be written there: {cause.Message.TrimEnd('.')}."
            );
        }
        return new OutputFile(full);
    }

    /// <summary>Writes the file; one that was there stays until the new one is whole.</summary>
    /// <param name="bytes">Its bytes.</param>
    internal void Write(ReadOnlySpan<byte> bytes) => DurableFile.Write(FullPath, bytes);

    private static bool IsIn(string file, string input) =>
        file == input || Path.GetDirectoryName(file) == Path.TrimEndingDirectorySeparator(input);
}
