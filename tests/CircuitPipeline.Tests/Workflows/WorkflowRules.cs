using System.Text.RegularExpressions;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Workflows;

/// <summary>What the workflows promise whoever takes them over.</summary>
public sealed partial class WorkflowRules
{
    private static readonly string Docs = string.Join(
        '\n',
        Directory
            .GetFiles(Path.Combine(RepositoryRoot.Path, "docs"), "*.md")
            .Append(Path.Combine(RepositoryRoot.Path, "README.md"))
            .Select(File.ReadAllText)
    );

    private static readonly WorkflowFile[] All = [WorkflowFile.Ci, WorkflowFile.Study];

    [Fact]
    public void No_workflow_is_outside_these_tests() =>
        Assert.Equal(
            All.Select(file => Path.GetFileName(file.Path)),
            Directory.GetFiles(WorkflowFile.Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Every_command_and_option_is_one_that_the_docs_say()
    {
        string[] commands = [.. All.SelectMany(file => file.Steps).SelectMany(step => Commands(step.Run))];

        Assert.Equal(5, commands.Length);
        Assert.All(commands, command => Assert.Contains(command, Docs));
        string[] options =
        [
            .. All.SelectMany(file => file.Steps)
                .SelectMany(step => Option().Matches(step.Run))
                .Select(option => option.Value)
                .Distinct(),
        ];
        Assert.Contains("--update-lock", options);
        Assert.All(options, option => Assert.Contains(option, Docs));
    }

    [Fact]
    public void Every_run_may_only_read_the_repository_and_ends_in_bounded_time() =>
        Assert.All(
            All,
            file =>
            {
                Assert.Equal("read", file.Text("permissions", "contents"));
                Assert.InRange(int.Parse(WorkflowFile.TextOf(file.Job, "timeout-minutes")), 10, 1440);
            }
        );

    [Fact]
    public void Every_action_is_GitHubs_own_in_a_stated_version()
    {
        string[] actions =
        [
            .. All.SelectMany(file => file.Steps).Select(step => step.Uses).Where(uses => uses.Length > 0),
        ];

        Assert.Equal(6, actions.Length);
        Assert.All(actions, action => Assert.Matches("^actions/[a-z-]+@v[0-9]+$", action));
    }

    // GitHub pastes an expression into a script before the shell reads it: an input with a quote in it would be run.
    [Fact]
    public void Inputs_reach_scripts_as_variables_only() =>
        Assert.DoesNotContain(All.SelectMany(file => file.Steps), step => step.Run.Contains("${{"));

    [Fact]
    public void A_study_waits_for_the_other_on_a_runner_with_a_GPU()
    {
        WorkflowFile study = WorkflowFile.Study;

        Assert.Equal(["self-hosted", "linux", "x64", "gpu"], WorkflowFile.ListOf(study.Job, "runs-on"));
        Assert.Equal("study", study.Text("concurrency", "group"));
        Assert.Equal("false", study.Text("concurrency", "cancel-in-progress"));
    }

    [Fact]
    public void Report_and_lock_are_kept_also_when_a_stage_fails()
    {
        WorkflowStep upload = WorkflowFile.Study.Steps.Single(step =>
            step.Uses.StartsWith("actions/upload-artifact", StringComparison.Ordinal)
        );

        Assert.Equal(
            ["artifacts/*/report.html", "artifacts/*/results/", "experiments/*.lock.json"],
            upload.With("path").Split('\n', StringSplitOptions.RemoveEmptyEntries)
        );
        Assert.Equal("${{ !cancelled() }}", upload.If);
    }

    [Fact]
    public void Hosted_machines_only_test() =>
        Assert.Equal("ubuntu-latest", Assert.Single(WorkflowFile.ListOf(WorkflowFile.Ci.Job, "runs-on")));

    // What stands before the options of a command; the tool's commands count with their verb.
    private static IEnumerable<string> Commands(string script) =>
        Command().Matches(script).Select(command => command.Value.Replace("-- explain", "--"));

    [GeneratedRegex(@"dotnet tool restore|dotnet cake --target=\w+|dotnet run --project \S+ -- \w+")]
    private static partial Regex Command();

    [GeneratedRegex(@"(?<= |\()--[a-z][a-z-]*")]
    private static partial Regex Option();
}
