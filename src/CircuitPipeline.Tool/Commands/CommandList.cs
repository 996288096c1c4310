using System.CommandLine;
using CircuitPipeline.Tool.CommandLine;

namespace CircuitPipeline.Tool.Commands;

/// <summary>All commands of the tool, in the order of the help.</summary>
internal static class CommandList
{
    internal static RootCommand Root()
    {
        RootCommand root = new(
            "Finds the circuits of a language model, says what fine-tuning does to them, and plans adapters from it."
        );
        ToolCommand[] commands =
        [
            new RunCommand(),
            new ExplainCommand(),
            new StatusCommand(),
            new FetchCommand(),
            new InspectCommand(),
            new PairsCommand(),
            new AttributeCommand(),
            new SelectCommand(),
            new EvaluateCommand(),
            new DiffCommand(),
            new UnionCommand(),
            new PlanCommand(),
            new MergeCommand(),
            new ConvertCommand(),
            new RobustnessCommand(),
            new DoctorCommand(),
        ];
        foreach (ToolCommand command in commands)
        {
            root.Subcommands.Add(command);
        }

        return root;
    }
}
