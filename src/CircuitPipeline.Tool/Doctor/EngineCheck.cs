using System.Globalization;
using System.Runtime.InteropServices;
using CircuitPipeline.Attribution;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Study.Engine;
using CircuitPipeline.Tensors.Calls;
using CircuitPipeline.Tensors.Loading;
using CircuitPipeline.Tensors.Reproducibility;
using TorchSharp;

namespace CircuitPipeline.Tool.Doctor;

/// <summary>One thing that the doctor looked at.</summary>
/// <param name="Name">What.</param>
/// <param name="Ok">Whether it is as it must be.</param>
/// <param name="Found">What was found.</param>
/// <param name="Advice">What to do; null where nothing is to be done.</param>
internal sealed record Finding(string Name, bool Ok, string Found, string? Advice = null)
{
    public override string ToString() =>
        $"{(Ok ? "ok  " : "FAIL")} {Name}: {Found}{(Advice is null ? "" : $"; {Advice}")}";
}

/// <summary>What the doctor found out about the tensor engine.</summary>
/// <param name="Report">The facts; null where no engine could be loaded.</param>
/// <param name="Findings">The same for a person.</param>
internal sealed record CheckedEngine(EngineReport? Report, IReadOnlyList<Finding> Findings);

/// <summary>Looks at the tensor engine: which files it is made of, and whether it computes on a device.</summary>
internal static class EngineCheck
{
    /// <summary>Loads it, asks it, and lets it compute.</summary>
    /// <param name="device">The device, <c>cpu</c> or <c>cuda</c>.</param>
    /// <param name="numerics">Which instructions.</param>
    internal static CheckedEngine Run(string device, Numerics numerics)
    {
        LoadedLibTorch loaded;
        try
        {
            ProcessNumerics.Fix(numerics);
            loaded = LibTorchLoader.Load();
        }
        catch (NumericsException failure)
        {
            return new CheckedEngine(null, [new Finding("numerics", false, failure.Message.TrimEnd('.'))]);
        }
        catch (LibTorchNotLoadedException failure)
        {
            return new CheckedEngine(null, [new Finding("libtorch", false, failure.Message.TrimEnd('.'))]);
        }

        LibTorchBuild build = LibTorchBuild.OfThisProcess;
        double sum = Sum();
        bool isThere = device != Devices.Cuda || torch.cuda.is_available();
        EngineReport report = new()
        {
            Device = device,
            Numerics = EnumNames.Of(numerics),
            TorchSharp = LibTorchLoader.TorchSharpVersion,
            LibTorchExpected = LibTorchLoader.LibTorchVersion,
            LibTorch = build.Version,
            Cuda = build.Cuda,
            CuDnn = build.CuDnn,
            InstructionSet = build.CpuCapability,
            Threads = torch.get_num_threads(),
            Files = LoadedFiles.Of(loaded),
            DeviceFacts =
                !isThere ? null
                : device == Devices.Cuda ? DeviceFacts.OfFirstCard()
                : DeviceFacts.OfProcessor(),
        };
        List<Finding> late =
        [
            new Finding("tensors", sum == 3, $"1 and 2 are added to {sum.ToString(CultureInfo.InvariantCulture)}"),
        ];
        if (!isThere)
        {
            late.Add(MissingCuda(build));
        }
        else if (Refusal(device, numerics) is { } refused)
        {
            late.Add(refused);
        }
        else if (Trials(device, late) is { } trials)
        {
            report = report with { Trials = trials };
        }

        return new CheckedEngine(report, [.. report.Findings(loaded, build.Warning), .. late]);
    }

    /// <summary>A card that is not there, and what to do about it.</summary>
    internal static Finding MissingCuda(LibTorchBuild build) =>
        new(
            "device",
            false,
            "'cuda' is asked for, but this libtorch finds no CUDA device",
            build.Cuda is null
                ? "it is built without CUDA: run 'dotnet cake --torch=cuda' in the repository, or name a libtorch with CUDA in LIBTORCH, or PyTorch's by LIBTORCH_USE_PYTORCH=1"
                : $"it is built for CUDA {build.Cuda}: see whether 'nvidia-smi' shows a card, and a driver that is new enough"
        );

    // What a study with reproducible numerics would be refused with.
    private static Finding? Refusal(string device, Numerics numerics)
    {
        if (device != Devices.Cuda || numerics != Numerics.Reproducible)
        {
            return null;
        }

        try
        {
            DeterministicOperators.Check(device);
            return null;
        }
        catch (Exception problem) when (problem is NumericsException or InvalidExperimentException)
        {
            return new Finding("numerics", false, problem.Message.TrimEnd('.'));
        }
    }

    private static IReadOnlyList<TrialResult>? Trials(string device, List<Finding> findings)
    {
        try
        {
            return DeviceTrial.Run(torch.device(device));
        }
        catch (ExternalException problem)
        {
            string first = problem.Message.Split('\n')[0].TrimEnd('.');
            findings.Add(
                new Finding(
                    "device",
                    false,
                    $"'{device}' does not compute: {first}",
                    "look at its driver and its free memory"
                )
            );
            return null;
        }
    }

    private static float Sum()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor one = torch.ones(1, device: torch.CPU);
        return one.Plus(one.Plus(one)).item<float>();
    }
}
