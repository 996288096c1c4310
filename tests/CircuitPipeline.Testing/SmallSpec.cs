namespace CircuitPipeline.Testing;

/// <summary>The default study in small: the same stages, a few steps of each.</summary>
public static class SmallSpec
{
    public static string Yaml(int pretrainSteps = 4, int discoverSteps = 2) =>
        Changed(
            ("study: tiny", "study: small"),
            ("n_layers: 6", "n_layers: 2"),
            ("lines: 192000", "lines: 500"),
            ("steps: 1500", $"steps: {pretrainSteps}"),
            ("batch: 128", "batch: 16"),
            ("warmup_steps: 50", "warmup_steps: 1"),
            ("evaluate_every: 250", "evaluate_every: 2"),
            ("steps: 600\n  batch: 64", "steps: 6\n  batch: 16"),
            ("warmup_steps: 20", "warmup_steps: 1"),
            ("checkpoints: [60, 150, 300, 600]", "checkpoints: [3, 6]"),
            ("train: 4300", "train: 60"),
            ("circuit: 500", "circuit: 12"),
            ("test: 2000", "test: 40"),
            ("splits: 5 #", "splits: 3 #"), // of 4 pairs each
            ("perturbed_percent: [10, 30, 50, 70, 90]", "perturbed_percent: [100]"),
            ("eap-ig-inputs\n  steps: 5\n", $"eap-ig-inputs\n  steps: {discoverSteps}\n")
        );

    /// <summary>The default study with some of its texts changed, each of which it must have.</summary>
    public static string Changed(params IEnumerable<(string From, string To)> changes)
    {
        string tiny = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "experiments", "tiny.yaml"));
        foreach ((string from, string to) in changes)
        {
            if (!tiny.Contains(from, StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"experiments/tiny.yaml has no '{from}' any more.");
            }

            tiny = tiny.Replace(from, to, StringComparison.Ordinal);
        }
        return tiny;
    }
}
