using CircuitPipeline.Reporting;
using CircuitPipeline.Testing;
using CircuitPipeline.Tests.Packages;
using CircuitPipeline.Tests.Reporting.Browser;
using Xunit;

namespace CircuitPipeline.Tests.Workflows;

/// <summary>
/// The scripts of the workflows, run as a runner runs them. 'dotnet' is a script that notes each call, gives the tool's to the real tool, and
/// stands for the build by one real stage and a made-up report.
/// </summary>
public sealed class WorkflowSteps : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("workflow ").FullName;

    public WorkflowSteps()
    {
        Directory.CreateDirectory(PathOf("work/experiments"));
        File.WriteAllText(PathOf("work/experiments/small.yaml"), SmallSpec.Yaml());
        File.WriteAllBytes(PathOf("report.html"), ReportPage.Write(RealisticStudy.Create()));
        Directory.CreateDirectory(PathOf("bin"));
        string dotnet = PathOf("bin/dotnet");
        File.WriteAllText(dotnet, Stub);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static string Tool => Path.Combine(AppContext.BaseDirectory, "CircuitPipeline.Tool.dll");

    private string Stub =>
        $"""
            #!/usr/bin/env bash
            set -e
            real() (PATH=${"{PATH#*:}"} && exec dotnet exec '{Tool}' "$@")
            echo "dotnet $*" >> '{PathOf("calls")}'
            case "$*" in
            "tool restore") ;;
            "cake --target=Test"*) exit "${"{CAKE_EXIT:-0}"}" ;;
            "cake --target=Report"*)
                [ "${"{CAKE_EXIT:-0}"}" = 0 ] || exit "$CAKE_EXIT"
                real run --experiment small --target GenerateData
                cp '{PathOf("report.html")}' artifacts/small/report.html
                ;;
            "run --project src/CircuitPipeline.Tool -- "*) shift 4 && real "$@" ;;
            *) exit 99 ;;
            esac

            """;

    private string[] Calls => File.ReadAllLines(PathOf("calls"));

    private string Summary => File.ReadAllText(PathOf("summary.md"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_study_fills_the_runners_store_and_says_its_items_and_answers()
    {
        foreach (WorkflowStep step in Scripts(WorkflowFile.Study))
        {
            Ended run = Run(step);
            Assert.True(run.ExitCode == 0, run.Output);
        }

        Assert.Equal(
            [
                "dotnet tool restore",
                "dotnet cake --target=Report --experiment=small --device=cpu --update-lock --torch=cpu",
                "dotnet run --project src/CircuitPipeline.Tool -- explain --experiment small --device cpu",
            ],
            Calls
        );
        Assert.NotEmpty(Directory.GetFiles(PathOf("store/blobs"), "*", SearchOption.AllDirectories));
        Assert.StartsWith("## Study small on cpu\n\n| work item | state |\n|---|---|\n| GenerateData/", Summary);
        Assert.Contains("\n| GenerateData/target | cached", Summary);
        Assert.Contains("\n| Pretrain/base-0 | will run, because ", Summary);
        Assert.Contains("\n### What it found\n\n- **Do edges change more than nodes, ", Summary);
        Assert.Contains("\n- **Does CircuitLoRA beat LoRA at the same number of trained parameters?**\n  *", Summary);
        Assert.Contains(" scores +1.1 points against ", Summary);
        Assert.Contains("\n- Faithfulness is not accuracy: ", Summary);
    }

    [Fact]
    public void The_next_run_in_an_emptied_folder_finds_what_the_first_one_made()
    {
        WorkflowStep[] scripts = Scripts(WorkflowFile.Study);
        Run(scripts[0]);
        Run(scripts[1]);
        // As checkout does, which removes the link and not what it leads to.
        Directory.Delete(PathOf("work/artifacts"), recursive: true);

        Run(scripts[0]);
        Ended second = Run(scripts[1]);

        Assert.Contains("GenerateData/target: cached", second.Output);
    }

    [Fact]
    public void A_failed_study_says_so_and_which_items_are_left()
    {
        WorkflowStep[] scripts = Scripts(WorkflowFile.Study);
        Run(scripts[0]);

        Assert.Equal(1, Run(scripts[1], ("CAKE_EXIT", "1")).ExitCode);
        Assert.Equal(0, Run(scripts[2]).ExitCode);

        Assert.Contains("\n| GenerateData/target | will run, because nothing is stored for it yet", Summary);
        Assert.EndsWith("\nThere is no report: the log of the step before says what failed.\n", Summary);
    }

    [Theory]
    [InlineData("LIBTORCH", "/opt/libtorch")]
    [InlineData("LIBTORCH_USE_PYTORCH", "1")]
    public void With_a_libtorch_of_the_runners_own_no_package_is_chosen(string variable, string value)
    {
        Run(Scripts(WorkflowFile.Study)[1], (variable, value), ("CAKE_EXIT", "1"));

        Assert.Equal("dotnet cake --target=Report --experiment=small --device=cpu --update-lock", Calls[^1]);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1", 1)]
    public void The_hosted_machine_ends_as_the_tests_do(string exit, int expected)
    {
        Ended run = Run(Assert.Single(Scripts(WorkflowFile.Ci)), ("CAKE_EXIT", exit));

        Assert.Equal(expected, run.ExitCode);
        Assert.Equal(["dotnet tool restore", "dotnet cake --target=Test"], Calls);
    }

    private static WorkflowStep[] Scripts(WorkflowFile file) => [.. file.Steps.Where(step => step.Run.Length > 0)];

    private string PathOf(string name) => Path.Combine(_folder, name);

    private Ended Run(WorkflowStep step, params (string Name, string Value)[] variables)
    {
        File.WriteAllText(PathOf("step.sh"), step.Run);
        Dictionary<string, string> all = new()
        {
            ["PATH"] = $"{PathOf("bin")}:{Environment.GetEnvironmentVariable("PATH")}",
            ["LIBTORCH"] = "",
            ["LIBTORCH_USE_PYTORCH"] = "",
            ["CIRCUIT_STORE"] = PathOf("store"),
            ["EXPERIMENT"] = "small",
            ["DEVICE"] = "cpu",
            ["GITHUB_STEP_SUMMARY"] = PathOf("summary.md"),
        };
        foreach ((string name, string value) in variables)
        {
            all[name] = value;
        }

        string[] shell = ["--noprofile", "--norc", "-eo", "pipefail", PathOf("step.sh")];
        return Started.Now(PathOf("work"), all, "bash", shell).End();
    }
}
