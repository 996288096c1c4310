using System.CommandLine;
using System.Runtime.InteropServices;

namespace CircuitPipeline.Tool;

/// <summary><c>doctor</c>: looks at what the tool needs on this machine, and says what is missing.</summary>
internal sealed class DoctorVerb : Verb
{
    private static readonly Option<bool> InstallEngine = Choice.Flag(
        "--install-engine",
        "First bring the engine's packages that are missing into NuGet's folder of packages, 475 MB."
    );

    internal DoctorVerb()
        : base("doctor", "Looks at what the tool needs on this machine, and says what is missing.", InstallEngine) { }

    internal override Answer Run(Given given, Work work)
    {
        if (given.Flag(InstallEngine))
            EngineInstallation.Run(work.Surroundings);
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
            .. EngineCheck.Run(),
        ];
        bool isWell = findings.All(finding => finding.Ok);
        return new Answer(
            new { Ok = isWell, Findings = findings },
            [.. findings.Select(finding => finding.ToString())],
            isWell ? ExitCodes.Done : ExitCodes.Failed
        );
    }
}
