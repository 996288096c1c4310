using System.CommandLine;
using CircuitPipeline.Experiments;

namespace CircuitPipeline.Tool;

/// <summary><c>run</c>: makes what is not yet made, up to a stage.</summary>
internal sealed class RunVerb : Verb
{
    private readonly StudyOptions _study;
    private readonly Option<string> _jobs;
    private readonly Option<bool> _updateLock;

    internal RunVerb()
        : this(
            new StudyOptions(),
            Choice.Optional(
                "--jobs",
                "N",
                "How many work items run side by side, by default one per processor; results do not depend on it."
            ),
            Choice.Flag("--update-lock", "Rewrite the lock beside the experiment with what this run made.")
        ) { }

    private RunVerb(StudyOptions study, Option<string> jobs, Option<bool> updateLock)
        : base(
            "run",
            "Runs a study up to a stage; what is made already is not made again.",
            [.. study.All, jobs, updateLock]
        ) => (_study, _jobs, _updateLock) = (study, jobs, updateLock);

    internal override Answer Run(Given given, Work work)
    {
        RunOptions options = _study.Read(given, work);
        string target = _study.Target(given);
        StudySession session = StudySession.Open(
            options with
            {
                Jobs = given.WholeOrNull(_jobs, 1, 1024) ?? options.Jobs,
                UpdateLock = given.Flag(_updateLock),
            }
        );
        session.RunUpTo(target, work.Cancellation);
        return new Answer(
            new
            {
                session.Spec.Study,
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
