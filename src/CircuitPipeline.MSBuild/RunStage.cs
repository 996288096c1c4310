using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace CircuitPipeline.MSBuild;

/// <summary>Runs one stage of one experiment, and the stages before it, by starting the tool.</summary>
public sealed class RunStage : ToolTask
{
    private readonly ToolAnswer _answer = new();
    private ChildProcess? _child;
    private volatile bool _isCancelled;

    /// <summary>The stage's name.</summary>
    [Required]
    public string Stage { get; set; } = "";

    /// <summary>An item that <see cref="CheckStamps"/> returned.</summary>
    [Required]
    public ITaskItem Experiment { get; set; } = new TaskItem();

    /// <summary>The tool's assembly.</summary>
    [Required]
    public string Tool { get; set; } = "";

    /// <summary>Whether the lock beside the experiment is rewritten with what this run made.</summary>
    public bool UpdateLock { get; set; }

    /// <inheritdoc/>
    protected override string ToolName => OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    // Standard output holds the answer's document alone; everything for people is on standard error.

    /// <inheritdoc/>
    protected override MessageImportance StandardOutputLoggingImportance => MessageImportance.Low;

    /// <inheritdoc/>
    protected override MessageImportance StandardErrorLoggingImportance => MessageImportance.High;

    private StageRequest Request => StageRequest.Of(Experiment, Tool);

    /// <inheritdoc/>
    public override bool Execute()
    {
        // An experiment that changes while it runs differs from what the stamp says.
        ImmutableArray<string> settings = Request.Settings;
        if (!base.Execute())
        {
            return false;
        }

        if (_answer.Results() is not { } results)
        {
            Fail($"'{Tool}' ended well, but did not say where the results of '{Stage}' are.");
            return false;
        }

        string stamp = Path.Combine(Experiment.GetMetadata("StampFolder"), Stage + Stamp.Ending);
        try
        {
            new Stamp(stamp).Write(settings, results);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            Log.LogWarning(
                $"The next build runs '{Stage}' again, because '{stamp}' cannot be written ({cause.Message.TrimEnd('.')}); the results are kept."
            );
        }

        return true;
    }

    /// <inheritdoc/>
    public override void Cancel()
    {
        _isCancelled = true;
        _child?.Stop();
        base.Cancel();
    }

    /// <inheritdoc/>
    protected override string GenerateFullPathToTool() =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : ToolName;

    /// <inheritdoc/>
    protected override string GenerateCommandLineCommands()
    {
        StageRequest request = Request;
        CommandLineBuilder line = new();
        line.AppendFileNameIfNotNull(request.Tool);
        line.AppendSwitch("run");
        line.AppendSwitchIfNotNull("--root ", request.Root);
        line.AppendSwitchIfNotNull("--experiment ", request.File);
        line.AppendSwitchIfNotNull("--target ", Stage);
        line.AppendSwitchIfNotNull("--device ", request.Device);
        if (request.Numerics.Length > 0)
        {
            line.AppendSwitchIfNotNull("--numerics ", request.Numerics);
        }

        if (request.Jobs.Length > 0)
        {
            line.AppendSwitchIfNotNull("--jobs ", request.Jobs);
        }

        if (UpdateLock)
        {
            line.AppendSwitch("--update-lock");
        }

        line.AppendSwitch("--json");
        return line.ToString();
    }

    /// <inheritdoc/>
    protected override Process StartToolProcess(Process proc)
    {
        Process started = base.StartToolProcess(proc);
        _child = new ChildProcess(started);
        return started;
    }

    /// <inheritdoc/>
    protected override int ExecuteTool(string pathToTool, string responseFileCommands, string commandLineCommands)
    {
        try
        {
            return base.ExecuteTool(pathToTool, responseFileCommands, commandLineCommands);
        }
        finally
        {
            _child?.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override void LogToolCommand(string message) => Log.LogMessage(MessageImportance.Low, message);

    /// <inheritdoc/>
    protected override void LogEventsFromTextOutput(string singleLine, MessageImportance messageImportance)
    {
        if (messageImportance == StandardOutputLoggingImportance)
        {
            _answer.Add(singleLine);
        }
        else if (ToolLine.IsLocated(singleLine))
        {
            Log.LogMessageFromText(Shown(singleLine), messageImportance);
        }
        else if (ToolLine.Sentence(singleLine) is { } sentence && !_isCancelled)
        {
            Fail(sentence);
        }
        else
        {
            Log.LogMessage(messageImportance, singleLine);
        }
    }

    /// <inheritdoc/>
    protected override bool HandleTaskExecutionErrors()
    {
        if (!_isCancelled && !Log.HasLoggedErrors)
        {
            Fail($"The stage '{Stage}' ended with exit code {ExitCode}; what the tool said is above.");
        }

        return false;
    }

    // An error without a place belongs to the experiment, not to the package's targets, which MSBuild would name.
    private void Fail(string sentence) => Log.LogError(null, null, null, Experiment.ItemSpec, 0, 0, 0, 0, sentence);

    // The tool's paths are relative to its root, MSBuild's to the project's folder, which is the current one.
    private string Shown(string line) =>
        Request.Root == Directory.GetCurrentDirectory() ? line : Path.Combine(Request.Root, line);
}
