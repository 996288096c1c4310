namespace CircuitPipeline.Experiments;

/// <summary>The study of the paper, stage by stage.</summary>
internal static class DefaultStageGraph
{
    public static StageGraph Create() =>
        new([
            new("GenerateData", "Makes the corpora, the prompt pairs and the vocabulary.", []),
            new("Pretrain", "Trains the base model from scratch.", ["GenerateData"]),
            new("FineTune", "Fine-tunes the base model on the target task and keeps checkpoints.", ["Pretrain"]),
            new("DiscoverCircuits", "Scores edges and selects the circuit of every checkpoint.", ["FineTune"]),
            new("EvaluateCircuits", "Measures how faithful the circuits are.", ["DiscoverCircuits"]),
            new("DiffCircuits", "Compares the circuits before and after fine-tuning.", ["DiscoverCircuits"]),
            new("PlanRanks", "Turns the circuit diff into adapter ranks.", ["DiffCircuits"]),
            new("Retrain", "Fine-tunes again with the planned ranks.", ["PlanRanks"]),
            new("Report", "Writes the page and the tables.", ["EvaluateCircuits", "Retrain"]),
        ]);
}
