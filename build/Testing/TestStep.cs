namespace CircuitPipeline.BuildHost;

/// <summary>What the tasks that test have in common.</summary>
public static class TestStep
{
    public static void Run(BuildContext context, string category, params ProgramOfTests[] needed)
    {
        string[] projects = Projects(context);
        ProgramsOfTests programs = new(context.Machine, context.Paths.AptLog, Console.WriteLine);
        Array.ForEach(needed, programs.Need);

        TestRun run = new(context.Machine, context.Paths.TestResults, Console.WriteLine);
        TestTotals totals = run.Run(projects, TestFilter.For(category, context.Options.Filter));
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
