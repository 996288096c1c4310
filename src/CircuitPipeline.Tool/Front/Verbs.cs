using System.CommandLine;

namespace CircuitPipeline.Tool;

/// <summary>All verbs of the tool.</summary>
internal static class Verbs
{
    internal static RootCommand Root()
    {
        RootCommand root = new(
            "Finds the circuits of a language model, says what fine-tuning does to them, and plans adapters from it."
        );
        Verb[] verbs =
        [
            new RunVerb(),
            new ExplainVerb(),
            new StatusVerb(),
            new AttributeVerb(),
            new SelectVerb(),
            new EvaluateVerb(),
            new DiffVerb(),
            new UnionVerb(),
            new PlanVerb(),
            new RobustnessVerb(),
            new DoctorVerb(),
        ];
        foreach (Verb verb in verbs)
            root.Subcommands.Add(verb);
        return root;
    }
}
