using Cake.Core;
using CircuitPipeline.BuildHost;
using Xunit;

namespace CircuitPipeline.Tests.BuildHost;

/// <summary>What the toolchain step does on machines that lack this or that.</summary>
public sealed class ToolchainSteps
{
    private const string Apt = "env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120";
    private readonly FakeMachine _machine = new();
    private readonly List<string> _said = [];

    [Fact]
    public void Nothing_is_done_or_said_when_all_is_there()
    {
        Run();

        Assert.Empty(_machine.Ran);
        Assert.Empty(_said);
    }

    [Fact]
    public void A_package_supply_needs_nothing_of_the_machine()
    {
        _machine.LibTorch = null;

        new ToolchainStep(_machine, "log", _said.Add).Run("nuget-cpu");

        Assert.Empty(_machine.Ran);
    }

    [Fact]
    public void Root_gets_what_is_missing_installed_and_the_native_file_built()
    {
        BareMachine();

        Run();

        Assert.Equal(
            [
                $"{Apt} update",
                $"{Apt} install -y --no-install-recommends libtorch-dev libopenblas0-pthread g++",
                "g++ against 1.13.1",
            ],
            _machine.Ran
        );
        Assert.StartsWith("Installing libtorch-dev libopenblas0-pthread g++ with apt-get;", Assert.Single(_said));
    }

    [Fact]
    public void Only_what_is_missing_is_installed()
    {
        _machine.HasFastBlas = false;

        Run();

        Assert.Equal($"{Apt} install -y --no-install-recommends libopenblas0-pthread", _machine.Ran[1]);
    }

    [Fact]
    public void Another_user_is_told_the_command()
    {
        BareMachine();
        _machine.IsRoot = false;

        Assert.Equal(
            "'libtorch-dev libopenblas0-pthread g++' is missing and only root may install it; run 'sudo apt-get update && "
                + "sudo apt-get install -y --no-install-recommends libtorch-dev libopenblas0-pthread g++' and start again.",
            Failure()
        );
        Assert.Empty(_machine.Ran);
    }

    [Fact]
    public void A_failing_apt_is_told_with_its_log()
    {
        BareMachine();
        _machine.OnRun = (_, arguments) => arguments.Contains("install") ? 100 : 0;

        Assert.Equal(
            "'apt-get install -y --no-install-recommends libtorch-dev libopenblas0-pthread g++' ended with 100; "
                + "see the end of 'log', then start again.",
            Failure()
        );
    }

    [Fact]
    public void Without_apt_get_other_means_are_named()
    {
        BareMachine();
        _machine.Programs.Remove("apt-get");

        Assert.EndsWith("install libtorch and g++ by other means and name libtorch's folder in LIBTORCH.", Failure());
    }

    [Fact]
    public void A_slow_BLAS_alone_does_not_stop_a_machine_without_apt_get()
    {
        _machine.HasFastBlas = false;
        _machine.Programs.Remove("apt-get");

        Run();

        Assert.StartsWith("Going on without 'libopenblas0-pthread':", Assert.Single(_said));
    }

    [Fact]
    public void The_compiler_is_not_needed_once_the_native_file_is_built()
    {
        _machine.Programs.Remove("g++");

        Run();

        Assert.Empty(_machine.Ran);
    }

    [Fact]
    public void A_libtorch_of_ones_own_brings_its_own_BLAS()
    {
        _machine.LibTorch = FakeMachine.SystemLibTorch with { Origin = "PyTorch" };
        _machine.HasFastBlas = false;

        Run();

        Assert.Empty(_machine.Ran);
    }

    [Fact]
    public void A_variable_that_names_no_libtorch_is_not_papered_over_by_an_installation()
    {
        BareMachine();
        _machine.Variables["LIBTORCH"] = "/opt/none";

        Assert.StartsWith("LIBTORCH is '/opt/none', but there is no libtorch with its headers;", Failure());
        Assert.Empty(_machine.Ran);
    }

    private void BareMachine()
    {
        _machine.LibTorch = null;
        _machine.HasFastBlas = false;
        _machine.NativeFileIsBuilt = false;
        _machine.Programs.Remove("g++");
        _machine.OnRun = (_, arguments) =>
        {
            _machine.LibTorch = arguments.Contains("install") ? FakeMachine.SystemLibTorch : null;
            return 0;
        };
    }

    private void Run() => new ToolchainStep(_machine, "log", _said.Add).Run("system");

    private string Failure() => Assert.Throws<CakeException>(Run).Message;
}
