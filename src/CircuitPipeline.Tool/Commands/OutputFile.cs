using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Store;

namespace CircuitPipeline.Tool.Commands;

/// <summary>A file that a command makes: refused before the work if it cannot be written, and whole or absent after it.</summary>
internal sealed class OutputFile
{
    private OutputFile(string path, string target) => (FullPath, Target) = (path, target);

    /// <summary>Where the file is, as the user named it.</summary>
    internal string FullPath { get; }

    // Behind links, so that a link stays one.
    private string Target { get; }

    /// <summary>Takes a path and tries to write there, without leaving anything behind.</summary>
    /// <param name="path">The path; a link is followed.</param>
    /// <param name="option">The option, for the message.</param>
    /// <param name="inputs">Files that the command reads, which it must not replace, and folders, in which it must write nothing.</param>
    /// <exception cref="InvalidExperimentException">A file cannot be written there.</exception>
    internal static OutputFile At(string path, string option, params string[] inputs)
    {
        try
        {
            string target = FinalPath.Of(path);
            if (Array.Find(inputs, input => IsIn(target, FinalPath.Of(input))) is { } read)
            {
                throw new InvalidExperimentException(
                    $"'{option}' would write {MessageText.Quoted(path)} over or into {MessageText.Quoted(read)}, which the command reads; name another place."
                );
            }

            MustBeForFiles(target, path, option);
            string folder = ExistingFolder(target, path, option);
            DurableFile.MustBeWritable(Path.Combine(folder, Path.GetFileName(target)));
            return new OutputFile(Path.GetFullPath(path), target);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new InvalidExperimentException(
                $"'{option}' is {MessageText.Quoted(path)}, but no file can be written there: {cause.Message.TrimEnd('.')}."
            );
        }
    }

    /// <summary>Writes the file and makes its folder; one that was there stays until the new one is whole.</summary>
    /// <param name="bytes">Its bytes.</param>
    internal void Write(ReadOnlySpan<byte> bytes)
    {
        string folder = Path.GetDirectoryName(Target)!;
        string[] missing = [.. Above(folder).TakeWhile(above => !Directory.Exists(above))];
        try
        {
            Directory.CreateDirectory(folder);
            DurableFile.Write(Target, bytes);
        }
        catch
        {
            Discard(missing);
            throw;
        }
    }

    private static void MustBeForFiles(string target, string path, string option)
    {
        if (Directory.Exists(target))
        {
            throw new InvalidExperimentException(
                $"'{option}' is {MessageText.Quoted(path)}, but that is a folder; name a file in it."
            );
        }

        if (!FileKind.IsRegularOrAbsent(target))
        {
            throw new InvalidExperimentException(
                $"'{option}' is {MessageText.Quoted(path)}, but that is a device or a pipe, which a result would replace; name a file."
            );
        }
    }

    private static string ExistingFolder(string target, string path, string option)
    {
        string folder = Above(Path.GetDirectoryName(target)!)
            .First(above => Directory.Exists(above) || File.Exists(above));
        return Directory.Exists(folder)
            ? folder
            : throw new InvalidExperimentException(
                $"'{option}' is {MessageText.Quoted(path)}, but {MessageText.Quoted(folder)} is a file; name another folder."
            );
    }

    // The folder, the one that it lies in, and so on.
    private static IEnumerable<string> Above(string folder)
    {
        for (string? above = folder; above is not null; above = Path.GetDirectoryName(above))
        {
            yield return above;
        }
    }

    private static void Discard(string[] folders)
    {
        try
        {
            foreach (string folder in folders.Where(Directory.Exists))
            {
                Directory.Delete(folder);
            }
        }
        catch (Exception busy) when (busy is IOException or UnauthorizedAccessException)
        {
            // What failed before is about to be told.
        }
    }

    private static bool IsIn(string file, string input) =>
        file == input
        || file.StartsWith(
            Path.TrimEndingDirectorySeparator(input) + Path.DirectorySeparatorChar,
            StringComparison.Ordinal
        );
}
