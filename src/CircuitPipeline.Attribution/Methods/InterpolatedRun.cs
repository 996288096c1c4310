using CircuitPipeline.Attribution.Pairs;
using CircuitPipeline.Attribution.Running;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Activations;
using CircuitPipeline.Tensors.Calls;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution.Methods;

/// <summary>
/// One forward and one backward pass of a batch's clean prompts at all points of a path, stacked; keeps the activations and
/// the gradients that the scores need. No weight gradient is computed.
/// </summary>
internal sealed class InterpolatedRun
{
    private readonly Dictionary<string, Tensor> _seen = [];
    private readonly Dictionary<string, Tensor> _gradients = [];
    private readonly Transformer _model;
    private readonly PairBatch _batch;
    private readonly BatchLocation _location;
    private readonly long _steps;

    /// <param name="model">The model.</param>
    /// <param name="batch">The prompts.</param>
    /// <param name="path">What replaces one activation.</param>
    /// <param name="metric">Gives the loss.</param>
    /// <param name="location">For messages.</param>
    /// <param name="onlyAnswers">
    /// Whether what follows the last attention is run at the answer positions only; no path may replace the last MLP then.
    /// </param>
    internal InterpolatedRun(
        Transformer model,
        PairBatch batch,
        Interpolation path,
        Metric metric,
        BatchLocation location,
        bool onlyAnswers = false
    )
    {
        (_model, _batch, _location, _steps) = (model, batch, location, path.Points.size(0));
        using IDisposable recording = enable_grad();
        Tensor residual = model.Residual(
            batch.Clean.repeat(_steps, 1),
            Hooks(path),
            batch.Prefix,
            onlyAnswers ? batch.OnlyAnswer : null
        );
        _seen[Last] = residual; // [step * batch, pos or 1, d_model]
        Tensor logits = model.Unembed(
            onlyAnswers ? residual.squeeze(1) : batch.AtAnswer(residual),
            ActivationHooks.None
        );
        Tensor values = metric.Of(logits, batch.Answers.Repeated(_steps)); // [step * batch]
        location.Finite($"metric '{metric.Name}'", values.view(_steps, batch.Count), Step);
        string[] wanted = [.. Enumerable.Range(0, model.Config.NLayers).SelectMany(Differentiated), Last];
        Tensor[] gradients = GuardedCalls.Gradients(metric.Loss(values).sum(), [.. wanted.Select(name => _seen[name])]);
        foreach ((int index, string name) in wanted.Index())
        {
            _gradients[name] = gradients[index];
        }
    }

    /// <summary>Gradient of the loss at the last residual, <c>[step, batch, pos, d_model]</c>.</summary>
    internal Tensor LastGradient => Gradient(Last);

    private string Last => HookNames.ResidualAfter(_model.Config.NLayers - 1);

    /// <summary>Adds the products of the gradients with differences of <see cref="InputGradients.Differences"/>.</summary>
    /// <exception cref="AttributionDivergedException">A gradient is not a finite number.</exception>
    internal void AddTo(EdgeSums sums, Tensor differences)
    {
        foreach ((int first, Tensor gradients) in InputGradients.Of(_model, this))
        {
            // A gradient that is not finite makes every product that it enters so: what came first is looked for only then.
            if (!sums.AddProducts(differences, first, gradients))
            {
                RefuseWhatIsNotFinite();
            }
        }
    }

    /// <summary>An activation, <c>[step, batch, pos, …]</c>; 0 where it was not needed.</summary>
    internal Tensor Activation(string name) => ByStep(_seen[name].detach());

    /// <summary>Gradient of the loss at an activation, <c>[step, batch, pos, …]</c>.</summary>
    internal Tensor Gradient(string name) => ByStep(_gradients[name]);

    /// <summary>What the sources hold at one of the points.</summary>
    internal SourceActivations At(int step)
    {
        TransformerConfig config = _model.Config;
        return SourceActivations.From(
            SourceActivations.Names(config).ToDictionary(name => name, name => Activation(name).select(0, step)),
            config
        );
    }

    private void RefuseWhatIsNotFinite()
    {
        foreach ((string name, Tensor gradient) in _gradients)
        {
            _location.Finite($"gradient at '{name}'", gradient.flatten(1).sum(1).view(_steps, -1), Step);
        }

        throw new AttributionDivergedException(
            $"A score of batch {_location.Number} is not a finite number; look at the model's weights."
        );
    }

    private string Step(int step) => $"at step {step + 1} of {_steps}";

    private ActivationHooks Hooks(Interpolation path) =>
        path.Replacing(ActivationHooks.None)
            .Reading(
                [
                    .. SourceActivations.Names(_model.Config),
                    .. Enumerable
                        .Range(0, _model.Config.NLayers)
                        .SelectMany(layer =>
                            (string[])
                                [
                                    HookNames.ResidualBefore(layer),
                                    HookNames.AttentionOutput(layer),
                                    .. Differentiated(layer),
                                ]
                        ),
                ],
                _seen.Add
            );

    private static string[] Differentiated(int layer) =>
        [HookNames.Query(layer), HookNames.Key(layer), HookNames.Value(layer), HookNames.MlpInput(layer)];

    private Tensor ByStep(Tensor stacked)
    {
        bool isWhole = stacked.size(1) == _batch.Positions;
        return (isWhole ? stacked : _batch.FromAnswer(stacked)).unflatten(0, _steps, -1);
    }
}

/// <summary>Points on a straight path that replace one activation of a run.</summary>
/// <param name="Name">The activation, one of <see cref="HookNames"/>.</param>
/// <param name="Points"><c>[step, batch, pos, …]</c>.</param>
internal sealed record Interpolation(string Name, Tensor Points)
{
    /// <summary>From the corrupted (0) to the clean (1) token embeddings.</summary>
    internal static Interpolation OfInputs(Transformer model, PairBatch batch, double[] points)
    {
        using IDisposable frozen = no_grad();
        Tensor corrupted = model.Body.Embed(batch.Corrupted);
        return Between(HookNames.Embed, corrupted, model.Body.Embed(batch.Clean), points);
    }

    /// <summary>From one value of an activation (0) to another (1).</summary>
    internal static Interpolation Between(string name, Tensor from, Tensor to, double[] points)
    {
        Tensor way = to - from;
        // The end itself, since from + (to - from) is rounded.
        return new Interpolation(name, stack(points.Select(point => point == 1 ? to : from.Plus(way.Times(point)))));
    }

    /// <summary>Hooks that put the points in place; gradients reach back to the embedding, but none passes what is replaced.</summary>
    internal ActivationHooks Replacing(ActivationHooks hooks)
    {
        Tensor rows = Points.flatten(0, 1); // [step * batch, pos, …]
        return Name == HookNames.Embed
            ? hooks.With(HookNames.Embed, _ => rows.requires_grad_())
            : hooks
                .With(HookNames.Embed, embedding => embedding.detach().requires_grad_())
                // 0 times the activation keeps all before it in the graph, where its gradient is 0.
                .With(Name, activation => rows.Plus(activation.Times(0)));
    }
}

/// <summary>
/// Scores a batch by gradients at points on the path from the corrupted to the clean token embeddings, averaged; what
/// <see cref="EapIgInputs"/>, <see cref="Eap"/> (the clean end) and <see cref="CleanCorrupted"/> (both ends) share.
/// </summary>
internal static class InputPath
{
    internal static void Add(ScoreBatch batch, Transformer model, Metric metric, double[] points)
    {
        PairBatch pairs = batch.Pairs;
        Interpolation path = Interpolation.OfInputs(model, pairs, points);
        InterpolatedRun run = new(model, pairs, path, metric, batch.Location, onlyAnswers: true);
        using IDisposable frozen = no_grad();
        SourceActivations clean = At(1, pairs.Clean);
        SourceActivations replaced = batch.Ablation.For(pairs, () => At(0, pairs.Corrupted));
        run.AddTo(batch.Sums, InputGradients.Differences(model, replaced, clean, points.Length));

        // An end of the path that is one of its points has been run already.
        SourceActivations At(double end, Tensor tokens) =>
            Array.IndexOf(points, end) is >= 0 and int step
                ? run.At(step)
                : SourceActivations.Of(model, pairs, tokens, onlyAnswers: true).Activations;
    }
}
