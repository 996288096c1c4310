using CircuitPipeline.BuildHost;
using Xunit;

namespace CircuitPipeline.Tests.BuildHost;

/// <summary>What is done about programs that tests start, on machines with and without them.</summary>
public sealed class ProgramsOfTestsInstalled
{
    private const string Apt = "env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120";
    private const string GoingOn =
        "Going on without 'chromium', so the report's browser test is skipped; run 'sudo apt-get update && "
        + "sudo apt-get install -y --no-install-recommends chromium' to have it.";
    private readonly FakeMachine _machine = new();
    private readonly List<string> _said = [];

    [Fact]
    public void Nothing_is_done_where_there_is_a_browser()
    {
        _machine.Programs.Add("chromium");

        Run();

        Assert.Empty(_machine.Ran);
        Assert.Empty(_said);
    }

    [Fact]
    public void Root_gets_it_installed()
    {
        Run();

        Assert.Equal(
            [$"{Apt} update", $"{Apt} install -y --no-install-recommends chromium fonts-dejavu-core"],
            _machine.Ran
        );
        Assert.StartsWith("Installing chromium fonts-dejavu-core with apt-get;", Assert.Single(_said));
    }

    [Fact]
    public void Others_are_told_the_command_and_the_tests_go_on()
    {
        _machine.IsRoot = false;

        Run();

        Assert.Empty(_machine.Ran);
        Assert.Equal(GoingOn, Assert.Single(_said));
    }

    [Fact]
    public void Without_apt_get_the_tests_go_on_too()
    {
        _machine.Programs.Remove("apt-get");

        Run();

        Assert.Empty(_machine.Ran);
        Assert.Equal(GoingOn, Assert.Single(_said));
    }

    [Fact]
    public void A_failing_apt_is_told_with_its_log_and_the_tests_go_on()
    {
        _machine.OnRun = (_, arguments) => arguments.Contains("install") ? 100 : 0;

        Run();

        Assert.Equal(
            [
                "'apt-get install -y --no-install-recommends chromium fonts-dejavu-core' ended with 100; see the end of 'log'.",
                GoingOn,
            ],
            _said.Skip(1)
        );
    }

    [Fact]
    public void A_program_may_have_another_name_than_its_package()
    {
        _machine.IsRoot = false;

        new ProgramsOfTests(_machine, "log", _said.Add).Need(ProgramOfTests.Emulator);

        Assert.Equal(
            "Going on without 'qemu-x86_64', so the tests of other processors are skipped; run 'sudo apt-get update && "
                + "sudo apt-get install -y --no-install-recommends qemu-user' to have it.",
            Assert.Single(_said)
        );
    }

    private void Run() => new ProgramsOfTests(_machine, "log", _said.Add).Need(ProgramOfTests.Browser);
}
