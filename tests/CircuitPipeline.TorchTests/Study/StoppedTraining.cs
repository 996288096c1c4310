using System.Diagnostics;
using System.Text.RegularExpressions;
using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Prompts;
using CircuitPipeline.Study;
using CircuitPipeline.Testing;
using CircuitPipeline.Tool.Inspection;
using Xunit;
using Xunit.Abstractions;

namespace CircuitPipeline.TorchTests.Studies;

/// <summary>Training that is stopped or killed goes on from its last state, and makes the bytes that it makes in one go.</summary>
public sealed class StoppedTraining(ITestOutputHelper log) : IDisposable
{
    private const string GoesOn = "goes on from the state of";
    private static readonly string Tool = Path.Combine(AppContext.BaseDirectory, "CircuitPipeline.Tool.dll");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Goes_on_after_it_was_stopped()
    {
        Write("here", SmallSpec.Yaml());
        Write("there", SmallSpec.Yaml());
        Stop("Pretrain/base-0: step 2");
        Stop("FineTune/lora-0-0: step 3");
        Assert.Equal(3L, Inspected().Facts.Single(fact => fact.Name == "steps taken").Value);

        string output = Run("here", default);
        Run("there", default);

        Assert.Equal(1, Regex.Count(output, GoesOn));
        Assert.Contains("Pretrain/base-0: cached", output);
        Assert.Equal(Digests("there"), Digests("here"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.File("here", "artifacts", "store", "work")));
    }

    [Fact]
    [Slow]
    public void Survives_being_killed_at_any_moment()
    {
        string yaml = SmallSpec
            .Yaml(pretrainSteps: 300)
            .Replace("  steps: 6\n", "  steps: 120\n")
            .Replace("[3, 6]", "[40, 80, 120]");
        yaml += "methods: [lora, circuit-lora, full, adalora, pissa]\n";
        Write("here", yaml);
        Write("there", yaml);
        SeededRandom random = new(1);
        (int kills, int resumed) = (0, 0);
        while (true)
        {
            (bool isKilled, string output) = Process("here", TimeSpan.FromMilliseconds(random.Between(1500, 6000)));
            resumed += Regex.Count(output, GoesOn);
            if (!isKilled)
            {
                break;
            }

            kills++;
            Assert.InRange(kills, 1, 200);
        }

        Process("there", null);
        log.WriteLine($"{kills} kills, {resumed} times gone on from a state");
        Assert.InRange(kills, 5, 200);
        Assert.InRange(resumed, 3, kills);
        Assert.Equal(Digests("there"), Digests("here"));
    }

    private Finding Inspected()
    {
        string work = _folder.File("here", "artifacts", "store", "work");
        string state = Assert.Single(Directory.GetFiles(work, "state", SearchOption.AllDirectories));
        Assert.True(WeightsInspection.IsOne(state));
        return WeightsInspection.Of(state);
    }

    private void Write(string name, string yaml)
    {
        Directory.CreateDirectory(_folder.File(name, "experiments"));
        File.WriteAllText(_folder.File(name, "experiments", "small.yaml"), yaml);
    }

    // Asks to stop as soon as this line is printed; the state is written before the next step.
    private void Stop(string line)
    {
        using CancellationTokenSource source = new();
        using StoppingWriter writer = new(line, source.Cancel);
        Assert.ThrowsAny<OperationCanceledException>(() => Run("here", source.Token, writer));
        Assert.Contains("keeps a state of", writer.ToString());
    }

    private string Run(string name, CancellationToken cancellation, StringWriter? output = null)
    {
        output ??= new StringWriter();
        PipelineSession session = StudySession.Open(
            new StudyOptions
            {
                RootFolder = _folder.File(name),
                Experiment = "small",
                Output = output,
                UpdateLock = true,
            }
        );
        session.RunUpTo("FineTune", cancellation);
        return output.ToString();
    }

    private (bool IsKilled, string Output) Process(string name, TimeSpan? limit)
    {
        ProcessStartInfo start = new(
            Environment.ProcessPath!,
            [
                Tool,
                "run",
                "--root",
                _folder.File(name),
                "--experiment",
                "small",
                "--jobs",
                "1",
                "--update-lock",
                "--state-seconds",
                "0",
            ]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = System.Diagnostics.Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (limit is { } time && !process.WaitForExit(time))
        {
            process.Kill();
            process.WaitForExit();
            return (true, output.Result + error.Result);
        }

        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output.Result + error.Result);
        return (false, output.Result + error.Result);
    }

    private string[] Digests(string name) =>
        [
            .. Regex
                .Matches(File.ReadAllText(_folder.File(name, "experiments", "small.lock.json")), "[0-9a-f]{64}")
                .Select(match => match.Value),
        ];

    private sealed class StoppingWriter(string line, Action stop) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.Contains(line, StringComparison.Ordinal) == true)
            {
                stop();
            }
        }
    }
}
