using System.CommandLine;
using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Study;

namespace CircuitPipeline.Tool;

/// <summary><c>run</c>: makes what is not yet made, up to a stage.</summary>
internal sealed class RunVerb : Verb
{
    private static readonly StudyCommandOptions Study = new();

    private static readonly Option<string> Jobs = Choice.Optional(
        "--jobs",
        "N",
        "How many work items run side by side, by default one per processor; results do not depend on it."
    );

    private static readonly Option<bool> UpdateLock = Choice.Flag(
        "--update-lock",
        "Rewrite the lock beside the experiment with what this run made."
    );

    internal RunVerb()
        : base(
            "run",
            "Runs a study up to a stage; what is made already is not made again.",
            [.. Study.All, Jobs, UpdateLock]
        ) { }

    internal override Answer Run(Given given, Work work)
    {
        CircuitPipeline.Study.StudyOptions options = Study.Read(given, work);
        string target = Study.Target(given);
        PipelineSession session = StudySession.Open(
            options with
            {
                Jobs = given.WholeOrNull(RunVerb.Jobs, 1, 1024) ?? options.Jobs,
                UpdateLock = given.Flag(RunVerb.UpdateLock),
            }
        );
        session.RunUpTo(target, work.Cancellation);
        return new Answer(
            new
            {
                session.Study,
                Target = target,
                session.Folder,
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
}
