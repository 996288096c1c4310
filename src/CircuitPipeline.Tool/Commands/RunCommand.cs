using System.Collections.Immutable;
using System.CommandLine;
using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Study;
using CircuitPipeline.Tool.CommandLine;

namespace CircuitPipeline.Tool.Commands;

/// <summary><c>run</c>: makes what is not yet made, up to a stage.</summary>
internal sealed class RunCommand : ToolCommand
{
    private static readonly Option<string> Jobs = OptionFactory.Optional(
        "--jobs",
        "N",
        "How many work items run side by side, by default one per processor, and 1 on cuda; results do not depend on it, but for rounding with fast numerics, which training makes larger."
    );

    private static readonly Option<bool> UpdateLock = OptionFactory.Flag(
        "--update-lock",
        "Rewrite the lock beside the experiment with what this run made."
    );

    private static readonly Option<string> StateSeconds = OptionFactory.Optional(
        "--state-seconds",
        "N",
        "The least time between two states that training writes to go on from when it is stopped, by default 60; results do not depend on it, but for rounding with fast numerics where a run was stopped."
    );

    internal RunCommand()
        : base(
            "run",
            "Runs a study up to a stage; what is made already is not made again.",
            [.. StudyCommandOptions.All, Jobs, UpdateLock, StateSeconds]
        ) { }

    internal override CommandResult Run(ParsedOptions options, CommandContext context)
    {
        StudyOptions study = StudyCommandOptions.Read(options, context);
        string target = StudyCommandOptions.Target(options);
        ImmutableArray<PipelineSession> sessions = StudySession.OpenAll(
            study with
            {
                Jobs = options.WholeOrNull(Jobs, 1, 1024) ?? study.Jobs,
                UpdateLock = options.Flag(UpdateLock),
                StateInterval = options.WholeOrNull(StateSeconds, 0, StudyOptions.MaxStateSeconds) is { } seconds
                    ? TimeSpan.FromSeconds(seconds)
                    : study.StateInterval,
            }
        );
        StudySession.RunAll(sessions, session => session.RunUpTo(target, context.Cancellation));
        return StudyCommandOptions.Joined(sessions.Select(session => (session.Study, Result(session, target))));
    }

    private static CommandResult Result(PipelineSession session, string target) =>
        new(
            new
            {
                session.Study,
                Target = target,
                session.Folder,
                Files = session.FilesRead,
                Stages = session.Runs.Select(run => new
                {
                    run.Stage,
                    run.Items,
                    run.Cached,
                    run.Seconds,
                }),
            },
            []
        );
}
