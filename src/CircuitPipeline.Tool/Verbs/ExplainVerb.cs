using CircuitPipeline.Experiments;

namespace CircuitPipeline.Tool;

/// <summary><c>explain</c>: says of every work item whether it would run, and why; runs nothing.</summary>
internal sealed class ExplainVerb : Verb
{
    private readonly StudyOptions _study;

    internal ExplainVerb()
        : this(new StudyOptions()) { }

    private ExplainVerb(StudyOptions study)
        : base("explain", "Says of every work item whether it would run, and why; runs nothing.", study.All) =>
        _study = study;

    internal override Answer Run(Given given, Work work)
    {
        StudySession session = StudySession.Open(_study.Read(given, work));
        string target = _study.Target(given);
        ItemDecision[] decisions = [.. session.Explain(target)];
        return new Answer(
            new
            {
                session.Spec.Study,
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
