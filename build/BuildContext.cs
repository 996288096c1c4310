using System.Collections.Immutable;
using System.Reflection;
using Cake.Core;
using Cake.Frosting;
using CircuitPipeline.Pipeline.Running;
using CircuitPipeline.Study;

namespace CircuitPipeline.BuildHost;

/// <summary>What every task gets: the command line's values, the paths, the machine, and the study's session.</summary>
public sealed class BuildContext : FrostingContext
{
    private readonly Lazy<ImmutableArray<PipelineSession>> _sessions;
    private readonly Interruption _interruption;

    public BuildContext(ICakeContext context, Interruption interruption, IMachine machine, Outcome outcome)
        : base(context)
    {
        _interruption = interruption;
        Machine = machine;
        Outcome = outcome;
        Paths = new Paths(context.Environment.WorkingDirectory.FullPath);
        Options = BuildOptions.From(context.Arguments);
        _sessions = new(() => StudySession.OpenAll(StudyOptions()));
    }

    public BuildOptions Options { get; }

    public Paths Paths { get; }

    public IMachine Machine { get; }

    public Outcome Outcome { get; }

    /// <summary>One for each study of the experiment; opened by the first stage that runs, so that no other task reads it.</summary>
    public ImmutableArray<PipelineSession> Sessions => _sessions.Value;

    public CancellationToken Cancellation => _interruption.Token;

    /// <summary>Whether this build was compiled with the original Verify.Xunit.</summary>
    public static bool HasVerify { get; } = Metadata("VerifySupply") == "nuget";

    /// <summary>Whether this build was restored with libtorch for CUDA.</summary>
    public static bool HasCuda { get; } = Metadata("LibTorchSource") == "cuda";

    private static string Metadata(string key) =>
        typeof(BuildContext)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(item => item.Key == key)
            .Value!;

    /// <summary>What the command line says of a study.</summary>
    public StudyOptions StudyOptions()
    {
        StudyOptions options = new()
        {
            RootFolder = Paths.Root,
            Experiment = Options.Experiment,
            Set = Options.Set,
            Device = Options.Device,
            Numerics = Options.Numerics,
            Jobs = Options.Jobs,
            Memory = Options.Memory,
            UpdateLock = Options.UpdateLock,
            Output = Console.Out,
            Time = TimeProvider.System,
            Variable = Environment.GetEnvironmentVariable,
        };
        return Options.StateInterval is { } interval ? options with { StateInterval = interval } : options;
    }
}
