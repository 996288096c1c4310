using System.CommandLine;
using System.Runtime.InteropServices;

namespace CircuitPipeline.Tool;

/// <summary><c>doctor</c>: looks at what the tool needs on this machine, and says what is missing.</summary>
internal sealed class DoctorVerb : Verb
{
    private static readonly Option<string> Device = Choice.Optional(
        "--device",
        "cpu|cuda",
        "What is tried out: it multiplies matrices and scores a small model; by default 'cpu'."
    );

    internal DoctorVerb()
        : base("doctor", "Looks at what the tool needs on this machine, and says what is missing.", Device) { }

    internal override Answer Run(Given given, Work work)
    {
        CheckedEngine engine = EngineCheck.Run(given.WordOrNull(Device, ["cpu", "cuda"]) ?? "cpu");
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
