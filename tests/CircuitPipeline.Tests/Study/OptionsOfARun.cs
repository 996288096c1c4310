using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Study;
using CircuitPipeline.Study.Engine;
using Xunit;

namespace CircuitPipeline.Tests.Studies;

public sealed class OptionsOfARun : IDisposable
{
    private readonly FakeStudy _study = new();

    public void Dispose() => _study.Dispose();

    [Theory]
    [InlineData(
        "smal",
        "There is no experiment 'smal' in 'experiments/'. Did you mean 'small'? Allowed: other, small."
    )]
    [InlineData("elephant", "There is no experiment 'elephant' in 'experiments/'. Allowed: other, small.")]
    [InlineData("mine/x.yaml", "The experiment file 'mine/x.yaml' does not exist. Experiments by name: other, small.")]
    public void An_unknown_experiment_lists_the_available_ones(string name, string message)
    {
        File.WriteAllText(Path.Combine(_study.Root, "experiments", "other.yaml"), SmallYaml.Text);

        Assert.Equal(message, Problem(options => options with { Experiment = name }));
    }

    [Theory]
    [InlineData(null, 8)]
    [InlineData(Devices.Cpu, 8)]
    [InlineData(Devices.Cuda, 1)]
    public void As_many_jobs_as_processors_but_one_on_a_card(string? device, int jobs) =>
        Assert.Equal(jobs, Devices.DefaultJobs(device, 8));

    [Fact]
    public void A_path_to_a_file_elsewhere_is_taken_and_its_lock_lies_beside_it()
    {
        string folder = Directory.CreateDirectory(Path.Combine(_study.Root, "mine")).FullName;
        File.WriteAllText(Path.Combine(folder, "x.yaml"), SmallYaml.Text);

        _study.Run(
            _study.Options(TextWriter.Null) with
            {
                Experiment = "mine/x.yaml",
                UpdateLock = true,
            },
            "GenerateData"
        );

        Assert.True(File.Exists(Path.Combine(folder, "small.lock.json")));
    }

    [Fact]
    public void Problems_of_the_spec_stop_the_run_before_the_first_stage()
    {
        _study.Change("steps: 10", "steps: x");

        Assert.StartsWith(
            "experiments/small.yaml(33,10): error CP0008:",
            Problem(options => options),
            StringComparison.Ordinal
        );
        Assert.False(Directory.Exists(Path.Combine(_study.Root, "artifacts")));
    }

    [Fact]
    public void An_unknown_device_is_wrong_input() =>
        Assert.Equal(
            "'--device' is 'gpu', but must be 'cpu' or 'cuda'.",
            Problem(options => options with { Device = "gpu" })
        );

    [Theory]
    [InlineData(0)]
    [InlineData(1025)]
    public void A_number_of_jobs_out_of_range_is_wrong_input(int jobs) =>
        Assert.Equal($"'--jobs' is {jobs}, but must be 1 to 1024.", Problem(options => options with { Jobs = jobs }));

    private string Problem(Func<StudyOptions, StudyOptions> change) =>
        Assert
            .Throws<InvalidExperimentException>(() =>
                _study.Open(TextWriter.Null, change(_study.Options(TextWriter.Null)))
            )
            .Message;
}
