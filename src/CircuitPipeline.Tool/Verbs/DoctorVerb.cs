using System.CommandLine;
using System.Runtime.InteropServices;

namespace CircuitPipeline.Tool;

/// <summary><c>doctor</c>: looks at what the tool needs on this machine, and says what is missing.</summary>
internal sealed class DoctorVerb : Verb
{
    private static readonly Option<bool> BuildNative = Choice.Flag(
        "--build-native",
        "Compile the native file of the tensor engine with g++, if it is missing."
    );

    internal DoctorVerb()
        : base("doctor", "Looks at what the tool needs on this machine, and says what is missing.", BuildNative) { }

    internal override Answer Run(Given given, Work work)
    {
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
            .. new EngineCheck(work.Surroundings.Variable, work.Surroundings.Error.WriteLine).Run(
                given.Flag(BuildNative)
            ),
        ];
        bool isWell = findings.All(finding => finding.Ok);
        return new Answer(
            new { Ok = isWell, Findings = findings },
            [.. findings.Select(finding => finding.ToString())],
            isWell ? ExitCodes.Done : ExitCodes.Failed
        );
    }
}
