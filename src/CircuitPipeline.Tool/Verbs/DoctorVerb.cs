using System.CommandLine;
using System.Runtime.InteropServices;
using CircuitPipeline.Attribution;
using CircuitPipeline.Tensors;

namespace CircuitPipeline.Tool;

/// <summary><c>doctor</c>: looks at what the tool needs on this machine, and says what is missing.</summary>
internal sealed class DoctorVerb : Verb
{
    private static readonly Option<bool> InstallEngine = Choice.Flag(
        "--install-engine",
        "First bring the engine's packages that are missing into NuGet's folder of packages, 475 MB."
    );

    private static readonly Option<string> Device = Choice.Optional(
        "--device",
        "cpu|cuda",
        "What is tried out: it multiplies matrices and scores a small model; by default 'cpu'."
    );

    private static readonly Option<string> NumericsOption = Choice.Optional(
        "--numerics",
        string.Join('|', EnumNames.All<Numerics>()),
        "Which instructions are tried out; by default 'fast'."
    );

    internal DoctorVerb()
        : base(
            "doctor",
            "Looks at what the tool needs on this machine, and says what is missing.",
            Device,
            NumericsOption,
            InstallEngine
        ) { }

    internal override Answer Run(Given given, Work work)
    {
        string device = given.WordOrNull(Device, ["cpu", "cuda"]) ?? "cpu";
        Numerics numerics = given.WordOrNull<Numerics>(NumericsOption) ?? Numerics.Fast;
        // Before the engine is loaded, which is tried once.
        if (given.Flag(InstallEngine))
            EngineInstallation.Run(work.Surroundings);
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
                $"{work.Surroundings.Processors} ({RuntimeInformation.ProcessArchitecture})"
            ),
            .. engine.Findings,
        ];
        bool isWell = findings.All(finding => finding.Ok);
        return new Answer(
            new
            {
                Ok = isWell,
                Findings = findings,
                work.Surroundings.Processors,
                Engine = engine.Report,
            },
            [.. findings.Select(finding => finding.ToString())],
            isWell ? ExitCodes.Done : ExitCodes.Failed
        );
    }
}
