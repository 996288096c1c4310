using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Study;
using CircuitPipeline.Tool.CommandLine;

namespace CircuitPipeline.Tool.Commands;

/// <summary><c>explain</c>: says of every work item whether it would run, and why; runs nothing.</summary>
internal sealed class ExplainCommand : ToolCommand
{
    internal ExplainCommand()
        : base(
            "explain",
            "Says of every work item whether it would run, and why; runs nothing.",
            StudyCommandOptions.All
        ) { }

    internal override CommandResult Run(ParsedOptions options, CommandContext context)
    {
        string target = StudyCommandOptions.Target(options);
        return StudyCommandOptions.Joined(
            StudySession.OpenAll(StudyCommandOptions.Read(options, context)).Select(session => Result(session, target))
        );
    }

    private static CommandResult Result(PipelineSession session, string target)
    {
        ItemDecision[] decisions = [.. session.Explain(target)];
        return new CommandResult(
            new
            {
                session.Study,
                Target = target,
                Files = session.FilesRead,
                Items = decisions.Select(decision => new
                {
                    decision.Stage,
                    decision.Item,
                    Cached = decision.IsCached,
                    Key = decision.Key?.Digest.ToString(),
                    decision.Reason,
                }),
            },
            [.. decisions.Select(decision => decision.ToString())]
        );
    }
}
