namespace CircuitPipeline.Study.Artifacts;

/// <summary>The files of measured circuits.</summary>
internal static class EvaluateCircuitsFiles
{
    internal const string StageName = "EvaluateCircuits";
    internal const string EvaluationName = "evaluation.json";
}
