using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Study;

namespace CircuitPipeline.Tool;

/// <summary><c>explain</c>: says of every work item whether it would run, and why; runs nothing.</summary>
internal sealed class ExplainVerb : Verb
{
    private static readonly StudyCommandOptions Study = new();

    internal ExplainVerb()
        : base("explain", "Says of every work item whether it would run, and why; runs nothing.", Study.All) { }

    internal override Answer Run(Given given, Work work)
    {
        PipelineSession session = StudySession.Open(Study.Read(given, work));
        string target = Study.Target(given);
        ItemDecision[] decisions = [.. session.Explain(target)];
        return new Answer(
            new
            {
                session.Study,
                Target = target,
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
