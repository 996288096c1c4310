using Cake.Frosting;

namespace CircuitPipeline.BuildHost;

[TaskName("Test")]
[TaskDescription("Compiles, runs all tests and prints their totals as the last line; --filter=, --project=.")]
[IsDependentOn(typeof(Toolchain))]
[IsDependentOn(typeof(Compile))]
public sealed class Test : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        new BrowserStep(context.Machine, context.Paths.ToolchainLog, Console.WriteLine).Run();
        var run = new TestRun(context.Machine, context.Paths.TestResults, Console.WriteLine);
        TestTotals totals = run.Run(Projects(context), context.Options.Filter);
        context.Outcome.Tests = totals;
        run.MustHavePassed(totals);
    }

    private static string[] Projects(BuildContext context)
    {
        string[] all = context.Paths.TestProjects;
        string[] chosen =
        [
            .. all.Where(project => context.Options.Project is not { } name || name == Paths.NameOf(project)),
        ];
        return chosen.Length > 0
            ? chosen
            : throw new WrongInputException(
                $"Unknown test project '{context.Options.Project}'. Allowed: {string.Join(", ", all.Select(Paths.NameOf))}."
            );
    }
}
