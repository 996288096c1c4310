using System.Globalization;
using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Study;

namespace CircuitPipeline.Tool;

/// <summary><c>status</c>: how much of a study is made, stage by stage; runs nothing.</summary>
internal sealed class StatusVerb : Verb
{
    private static readonly StudyCommandOptions Study = new();

    internal StatusVerb()
        : base("status", "Says how much of a study is made, stage by stage; runs nothing.", Study.All) { }

    internal override Answer Run(Given given, Work work)
    {
        PipelineSession session = StudySession.Open(Study.Read(given, work));
        StageState[] stages =
        [
            .. session
                .Explain(Study.Target(given))
                .GroupBy(decision => decision.Stage)
                .Select(stage => new StageState(
                    stage.Key,
                    stage.Count(),
                    stage.Count(decision => decision.IsCached),
                    stage.FirstOrDefault(decision => !decision.IsCached)?.Item
                )),
        ];
        bool isUpToDate = stages.All(stage => stage.Items == stage.Cached);
        return new Answer(
            new
            {
                session.Study,
                session.Folder,
                UpToDate = isUpToDate,
                Stages = stages,
            },
            [
                .. stages.Select(stage => stage.ToString()),
                isUpToDate ? "Everything is made." : "'circuit run' makes what is missing; 'circuit explain' says why.",
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
