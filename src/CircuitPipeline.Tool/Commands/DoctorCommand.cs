using System.CommandLine;
using System.Runtime.InteropServices;
using CircuitPipeline.Attribution;
using CircuitPipeline.Study.Engine;
using CircuitPipeline.Tensors.Reproducibility;
using CircuitPipeline.Tool.CommandLine;
using CircuitPipeline.Tool.Doctor;

namespace CircuitPipeline.Tool.Commands;

/// <summary><c>doctor</c>: looks at what the tool needs on this machine, and says what is missing.</summary>
internal sealed class DoctorCommand : ToolCommand
{
    private static readonly Option<bool> InstallEngine = OptionFactory.Flag(
        "--install-engine",
        "First bring the engine's packages that are missing into NuGet's folder of packages, 475 MB."
    );

    private static readonly Option<string> Device = OptionFactory.Optional(
        "--device",
        Devices.Names,
        "What is tried out: it multiplies matrices and scores a small model; by default 'cpu'."
    );

    private static readonly Option<string> NumericsOption = OptionFactory.Optional(
        "--numerics",
        EnumNames.All<Numerics>(),
        "Which instructions are tried out; by default 'fast'."
    );

    internal DoctorCommand()
        : base(
            "doctor",
            "Looks at what the tool needs on this machine, and says what is missing.",
            Device,
            NumericsOption,
            InstallEngine
        ) { }

    internal override CommandResult Run(ParsedOptions options, CommandContext context)
    {
        string device = options.WordOrNull(Device, Devices.Names) ?? Devices.Cpu;
        Numerics numerics = options.WordOrNull<Numerics>(NumericsOption) ?? Numerics.Fast;
        // Before the engine is loaded, which is tried once.
        if (options.Flag(InstallEngine))
        {
            EngineInstallation.Run(context.Environment);
        }

        CheckedEngine engine = EngineCheck.Run(device, numerics);
        Finding[] findings =
        [
            new Finding(
                ".NET",
                true,
                $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}"
            ),
            new Finding(
                "processors",
                true,
                $"{context.Environment.Processors} ({RuntimeInformation.ProcessArchitecture})"
            ),
            .. engine.Findings,
        ];
        bool isWell = findings.All(finding => finding.Ok);
        return new CommandResult(
            new
            {
                Ok = isWell,
                Findings = findings,
                context.Environment.Processors,
                Engine = engine.Report,
            },
            [.. findings.Select(finding => finding.ToString())],
            isWell ? ExitCodes.Done : ExitCodes.Failed
        );
    }
}
