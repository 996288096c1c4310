namespace CircuitPipeline.Attribution.Evaluation;

/// <summary>How much of a model's behaviour a circuit keeps.</summary>
/// <param name="Clean">Mean metric of the whole model on the clean prompts.</param>
/// <param name="Corrupted">Mean metric of the whole model on the corrupted prompts.</param>
/// <param name="Circuit">Mean metric of the circuit.</param>
public sealed record Faithfulness(double Clean, double Corrupted, double Circuit)
{
    /// <summary>
    /// (circuit - corrupted) / (clean - corrupted) (Hanna et al. 2024, arXiv:2403.17806): 1 = full model, 0 = corrupted;
    /// may lie outside. Not finite where clean and corrupted do not differ, since then there is nothing to keep.
    /// </summary>
    public double Value => (Circuit - Corrupted) / (Clean - Corrupted);

    /// <summary>
    /// The form of Wang et al. 2025 (arXiv:2502.11812), in percent: (1 - |clean - circuit| / clean) · 100, which knows no
    /// corrupted anchor; a circuit that does nothing need not have 0.
    /// </summary>
    public double PaperPercent => (1 - Math.Abs(Clean - Circuit) / Clean) * 100;
}
