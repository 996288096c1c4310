using System.Globalization;
using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Study;
using CircuitPipeline.Tool.CommandLine;

namespace CircuitPipeline.Tool.Commands;

/// <summary><c>status</c>: how much of a study is made, stage by stage; runs nothing.</summary>
internal sealed class StatusCommand : ToolCommand
{
    internal StatusCommand()
        : base("status", "Says how much of a study is made, stage by stage; runs nothing.", StudyCommandOptions.All) { }

    internal override CommandResult Run(ParsedOptions options, CommandContext context)
    {
        string target = StudyCommandOptions.Target(options);
        return StudyCommandOptions.Joined(
            StudySession
                .OpenAll(StudyCommandOptions.Read(options, context))
                .Select(session => (session.Study, Result(session, target)))
        );
    }

    private static CommandResult Result(PipelineSession session, string target)
    {
        StageState[] stages =
        [
            .. session
                .Explain(target)
                .GroupBy(decision => decision.Stage)
                .Select(stage => new StageState(
                    stage.Key,
                    stage.Count(),
                    stage.Count(decision => decision.IsCached),
                    stage.FirstOrDefault(decision => !decision.IsCached)?.Item
                )),
        ];
        string[] differences = [.. session.DifferencesOfView(target)];
        bool isMade = stages.All(stage => stage.Items == stage.Cached);
        return new CommandResult(
            new
            {
                session.Study,
                session.Folder,
                UpToDate = isMade && differences.Length == 0,
                Stages = stages,
                ToRestore = differences,
            },
            [
                .. stages.Select(stage => stage.ToString()),
                .. differences.Select(path => $"'{path}' is missing, or does not hold what the store has."),
                isMade
                    ? differences.Length == 0
                        ? "Everything is made."
                        : "Everything is made; 'circuit run' restores the files above."
                    : "'circuit run' makes what is missing; 'circuit explain' says why.",
            ]
        );
    }

    /// <summary>How much of a stage is made.</summary>
    /// <param name="Stage">The stage.</param>
    /// <param name="Items">Its work items.</param>
    /// <param name="Cached">Those that are made.</param>
    /// <param name="First">The first that is not.</param>
    private sealed record StageState(string Stage, int Items, int Cached, string? First)
    {
        public override string ToString() =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Stage, -17} {Cached, 4} of {Items, 4} made{(First is null ? "" : $"; first: {First}")}"
            );
    }
}
