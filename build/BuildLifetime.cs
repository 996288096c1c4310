using System.Collections.Immutable;
using Cake.Core;
using Cake.Frosting;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Study;
using CircuitPipeline.Study.Imports;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.BuildHost;

/// <summary>Keeps what failed, because Frosting's exit code says only that something did; a dry run of stages lists the files that they would read, and the items with what they would take.</summary>
public sealed class BuildLifetime(DryRun dryRun) : FrostingLifetime<BuildContext>
{
    public override void Setup(BuildContext context, ISetupContext info)
    {
        string[] stages = [.. StudyStages.Graph.Stages.Select(stage => stage.Name)];
        if (dryRun.IsAsked && info.TasksToExecute.Any(task => stages.Contains(task.Name)))
        {
            WriteFiles(context);
            WriteItems(context, info.TasksToExecute.Last(task => stages.Contains(task.Name)).Name);
        }
    }

    public override void Teardown(BuildContext context, ITeardownContext info) =>
        context.Outcome.Failure = info.ThrownException;

    private static void WriteFiles(BuildContext context)
    {
        ExperimentFile experiment = ExperimentFile.Find(context.Paths.Root, context.Options.Experiment);
        string folder = Path.GetDirectoryName(experiment.Path)!;
        foreach (
            NamedFile file in SpecReader
                .ReadAll(experiment.Path, experiment.ShownAs, context.Options.Set)
                .SelectMany(study => NamedFile.Of(study.Spec, folder))
                .Distinct()
        )
        {
            Console.WriteLine($"{file.Key}: {file}");
        }
    }

    // What is wrong with a file does not keep the tasks from being listed.
    private static void WriteItems(BuildContext context, string stage)
    {
        try
        {
            foreach (OpenedStudy study in StudySession.OpenWithEstimates(context.StudyOptions()))
            {
                ImmutableArray<ItemDecision> decisions = study.Session.Explain(stage);
                foreach (ItemDecision decision in decisions)
                {
                    Console.WriteLine(study.Line(decision));
                }

                Console.WriteLine(study.Total(decisions) ?? "Everything is made.");
            }
        }
        catch (InvalidExperimentException problem)
        {
            Console.WriteLine(problem.Message);
        }
    }
}

/// <summary>Whether tasks are only listed.</summary>
public sealed record DryRun(bool IsAsked)
{
    private static readonly string[] Options = ["--dryrun", "--noop", "--whatif"];

    public static DryRun Of(IEnumerable<string> args) => new(args.Any(Options.Contains));
}
