using CircuitPipeline.Pipeline.Errors;

namespace CircuitPipeline.Tool.Commands;

/// <summary>A folder that a command makes: refused before the work where something is already, and whole or absent after it.</summary>
internal sealed class OutputFolder
{
    private OutputFolder(string path, string option) => (Path, Option, Target) = (path, option, FinalPath.Of(path));

    /// <summary>Where it is, as the user named it, in full.</summary>
    internal string Path { get; }

    private string Option { get; }

    // Behind links, so that a link stays one.
    private string Target { get; }

    /// <summary>Takes a path and tries to write beside it.</summary>
    /// <param name="path">The path of a folder that is not there, or is empty.</param>
    /// <param name="option">The option, for the message.</param>
    /// <param name="inputs">Folders that the command reads, in which it must write nothing.</param>
    /// <exception cref="InvalidExperimentException">It cannot be made there.</exception>
    internal static OutputFolder At(string path, string option, params string[] inputs)
    {
        // A file in it stands for the folder: the same places are refused.
        OutputFile.At(System.IO.Path.Combine(path, "config.json"), option, inputs);
        OutputFolder folder = new(System.IO.Path.GetFullPath(path), option);
        folder.MustBeFree();
        return folder;
    }

    /// <summary>Fills a folder beside it and puts that in its place.</summary>
    /// <param name="fill">Writes the files into the folder that it is given.</param>
    internal void Write(Action<string> fill)
    {
        string partial = $"{Target}.part-{Environment.ProcessId}";
        if (Directory.Exists(partial))
        {
            Directory.Delete(partial, recursive: true); // of a killed process that had this number
        }

        Directory.CreateDirectory(partial);
        try
        {
            fill(partial);
            MustBeFree(); // another process may have made it meanwhile
            if (Directory.Exists(Target))
            {
                Directory.Delete(Target);
            }

            Directory.Move(partial, Target);
        }
        catch
        {
            Directory.Delete(partial, recursive: true);
            throw;
        }
    }

    private void MustBeFree()
    {
        if (Directory.Exists(Target) && Directory.EnumerateFileSystemEntries(Target).Any())
        {
            throw new InvalidExperimentException(
                $"'{Option}' is {MessageText.Quoted(Path)}, but that folder holds something already; name one that is empty or not there."
            );
        }
    }
}
