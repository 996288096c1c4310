using System.CommandLine;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Study.Verbs;

namespace CircuitPipeline.Tool;

/// <summary><c>evaluate</c>: runs a circuit, or circuits of growing size, beside the whole model.</summary>
internal sealed class EvaluateVerb : Verb
{
    private static readonly Option<string> Circuit = Choice.Optional("--circuit", "CIRCUIT.json", "The circuit.");

    private static readonly Option<bool> Complement = Choice.Flag(
        "--complement",
        "Measure the edges outside the circuit too: its completeness."
    );

    private static readonly Option<string> Scores = Choice.Optional(
        "--scores",
        "SCORES.json",
        "Instead of one circuit: measure those of growing size, with the areas CPR and CMD."
    );

    private static readonly Option<bool> Signed = Choice.Flag(
        "--signed",
        "With '--scores': choose edges by their score with its sign."
    );

    private static readonly MeasureOptions Measure = new();

    internal EvaluateVerb()
        : base(
            "evaluate",
            "Runs a circuit alone and compares it with its whole model.",
            [Circuit, Complement, Scores, Signed, .. Measure.All]
        ) { }

    internal override Answer Run(Given given, Work work)
    {
        MeasureRequest request = Measure.Read(given, work);
        string? circuit = given.TextOrNull(Circuit);
        string? scores = given.TextOrNull(Scores);
        given.Refuse(Complement, circuit is null, "it is the complement of a '--circuit'");
        given.Refuse(Signed, scores is null, "only edges chosen by '--scores' have a sign");
        return (circuit, scores) switch
        {
            (not null, null) => CircuitAnswer.Of(
                ComputedWith.Of(request),
                CircuitMeasurement.Run(
                    request,
                    circuit,
                    given.Flag(Complement),
                    work.Surroundings.Time,
                    work.Progress("evaluate"),
                    work.Cancellation
                )
            ),
            (null, not null) => CurveAnswer.Of(
                ComputedWith.Of(request),
                CircuitMeasurement.Curve(
                    request,
                    scores,
                    given.Flag(Signed),
                    work.Surroundings.Time,
                    work.Progress("evaluate"),
                    work.Cancellation
                )
            ),
            _ => throw new InvalidExperimentException(
                $"{(circuit is null ? "neither" : "both")} of '--circuit' and '--scores' are given, but exactly one says what is evaluated."
            ),
        };
    }
}
