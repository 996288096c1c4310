using System.Collections.Immutable;
using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Study;
using CircuitPipeline.Tool.CommandLine;

namespace CircuitPipeline.Tool.Commands;

/// <summary><c>explain</c>: says of every work item whether it would run, why, and what it would take; runs nothing.</summary>
internal sealed class ExplainCommand : ToolCommand
{
    internal ExplainCommand()
        : base(
            "explain",
            "Says of every work item whether it would run, why, and what it would take; runs nothing.",
            StudyCommandOptions.All
        ) { }

    internal override CommandResult Run(ParsedOptions options, CommandContext context)
    {
        string target = StudyCommandOptions.Target(options);
        return StudyCommandOptions.Joined(
            StudySession
                .OpenWithEstimates(StudyCommandOptions.Read(options, context))
                .Select(study => (study.Session.Study, Result(study, target)))
        );
    }

    private static CommandResult Result(OpenedStudy study, string target)
    {
        ImmutableArray<ItemDecision> decisions = study.Session.Explain(target);
        return new CommandResult(
            new
            {
                study.Session.Study,
                Target = target,
                Files = study.Session.FilesRead,
                Items = decisions.Select(decision => new
                {
                    decision.Stage,
                    decision.Item,
                    Cached = decision.IsCached,
                    Key = decision.Key?.Digest.ToString(),
                    decision.Reason,
                    Seconds = decision.IsCached ? (double?)null : Math.Round(study.Seconds(decision), 1),
                    MemoryBytes = decision.IsCached ? (long?)null : study.Estimate(decision).MemoryBytes,
                    DiskBytes = decision.IsCached ? (long?)null : study.Estimate(decision).DiskBytes,
                }),
            },
            [.. decisions.Select(study.Line), .. study.Total(decisions) is { } total ? (string[])[total] : []]
        );
    }
}
