using static TorchSharp.torch;

namespace CircuitPipeline.Attribution;

/// <summary>Collects the values of one circuit's evaluation by the pairs' places.</summary>
internal sealed class EvaluationRows(int count, Metric metric)
{
    private readonly double[] _clean = new double[count];
    private readonly double[] _corrupted = new double[count];
    private readonly double[] _circuit = new double[count];
    private readonly double[] _divergence = new double[count];
    private readonly bool[] _cleanIsCorrect = new bool[count];
    private readonly bool[] _circuitIsCorrect = new bool[count];

    internal void Add(PairBatch batch, BatchLocation location, Tensor clean, Tensor corrupted, Tensor circuit)
    {
        Put(_clean, Values(metric, clean, batch.Answers, "in the clean run"));
        Put(_corrupted, Values(metric, corrupted, batch.Answers, "in the corrupted run"));
        Put(_circuit, Values(metric, circuit, batch.Answers, "in the circuit's run"));
        Answers toClean = batch.Answers with { ReferenceLogits = clean };
        Put(_divergence, Values(Metrics.Kl(), circuit, toClean, "in the circuit's run"));
        Put(_cleanIsCorrect, IsCorrect(clean));
        Put(_circuitIsCorrect, IsCorrect(circuit));

        double[] Values(Metric measured, Tensor logits, Answers answers, string run) =>
            location.Finite(
                $"metric '{measured.Name}'",
                measured.Of(logits, answers).unsqueeze(0), // [1, batch]
                _ => run
            );

        bool[] IsCorrect(Tensor logits) => logits.argmax(-1).eq(batch.Answers.Clean).cpu().data<bool>().ToArray(); // [batch]

        void Put<T>(T[] all, T[] values)
        {
            foreach ((int index, int row) in batch.Rows.Index())
                all[row] = values[index];
        }
    }

    internal CircuitEvaluation ToEvaluation() =>
        new(
            [.. _clean],
            [.. _corrupted],
            [.. _circuit],
            [.. _divergence],
            [.. _cleanIsCorrect],
            [.. _circuitIsCorrect]
        );
}
