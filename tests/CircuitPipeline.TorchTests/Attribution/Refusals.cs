using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Evaluation;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Training;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Attribution;

public sealed class Refusals : IDisposable
{
    private static readonly EapIgInputs Method = new(2, Quadrature.Left, 2, TimeProvider.System);
    private readonly Transformer _model = TinyModel.Create();
    private readonly EncodedPairs _pairs = TinyPairs.Create(count: 6);

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Of_prompts_of_unequal_length_name_the_row()
    {
        EncodedPair good = new([1, 2], [1, 3], 0, 1);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() =>
            EncodedPairs.Of([good, good with { Corrupted = [1, 2, 3] }])
        );

        Assert.Equal(
            "Pair 2 has '2' clean and '3' corrupted tokens, but both prompts must have as many, and at least one.",
            error.Message
        );
    }

    [Fact]
    public void Of_a_token_twice_among_answers_name_the_row_and_the_side()
    {
        EncodedPair good = new([1, 2], [1, 3], [4, 5], [0]);

        InvalidDataException right = Assert.Throws<InvalidDataException>(() =>
            EncodedPairs.Of([good, good with { Answers = [4, 5, 4] }])
        );
        InvalidDataException wrong = Assert.Throws<InvalidDataException>(() =>
            EncodedPairs.Of([good with { CorruptedAnswers = [0, 0] }])
        );

        Assert.Equal(
            "Pair 2 has the token '4' twice among its right answers, but a set holds a token once; leave one out.",
            right.Message
        );
        Assert.StartsWith("Pair 1 has the token '0' twice among its wrong answers,", wrong.Message);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-1)]
    public void Of_answers_beyond_the_prompt_name_the_row(int position)
    {
        EncodedPair good = new([1, 2], [1, 3], 0, 1) { Position = 1 };

        InvalidDataException error = Assert.Throws<InvalidDataException>(() =>
            EncodedPairs.Of([good, good with { Position = position }])
        );

        Assert.Equal($"Pair 2 has its answer at position '{position}', but its '2' tokens have 0 to 1.", error.Message);
    }

    [Fact]
    public void Of_unknown_words_name_the_row()
    {
        Vocabulary vocabulary = Vocabulary.ForNumbers(9);
        PromptPair good = new("calc 1 + 2 =", "calc 1 + 3 =", "3", "4");

        InvalidDataException error = Assert.Throws<InvalidDataException>(() =>
            EncodedPairs.Of([good, good with { Corrupted = "calc 1 + 30 =" }], vocabulary)
        );

        Assert.StartsWith("Pair 2: 'calc 1 + 30 =': the word '30'", error.Message);
    }

    [Fact]
    public void Are_not_met_by_pairs_of_known_words()
    {
        Vocabulary vocabulary = Vocabulary.ForNumbers(9);

        EncodedPair pair = EncodedPairs.Of([new PromptPair("1 + 2 =", "1 + 3 =", "3", "4")], vocabulary)[0];

        Assert.Equal(vocabulary.Encode("1 + 2 ="), pair.Clean.ToArray());
        Assert.Equal(vocabulary.Encode("1 + 3 ="), pair.Corrupted.ToArray());
        Assert.Equal((3, 4), (Assert.Single(pair.Answers), Assert.Single(pair.CorruptedAnswers)));
    }

    [Fact]
    public void Of_no_pairs_say_that_one_is_needed() =>
        Assert.Throws<InvalidDataException>(() => EncodedPairs.Of(Array.Empty<EncodedPair>()));

    [Theory]
    [InlineData(
        11,
        "Pair 1 has the token id '11', but the model knows 0 to 10; give pairs of the model's own tokenizer."
    )]
    [InlineData(
        -1,
        "Pair 1 has the token id '-1', but the model knows 0 to 10; give pairs of the model's own tokenizer."
    )]
    public void Of_tokens_that_the_model_does_not_know_name_the_row(int id, string message)
    {
        EncodedPairs pairs = EncodedPairs.Of([new EncodedPair([0, 1], [0, 2], id, 1)]);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() =>
            Method.Attribute(_model, pairs, Metrics.LogitDifference)
        );

        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public void Of_steps_and_batches_below_one_come_before_any_work(int steps, int batch) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new EapIgInputs(steps, Quadrature.Left, batch, TimeProvider.System)
        );

    [Fact]
    public void Of_values_that_are_not_finite_name_step_batch_and_pair()
    {
        // Pairs 3, which has four tokens, and 1 are the first batch; pair 2 is the second.
        Metric metric = new(
            "odd",
            (logits, answers) =>
                Metrics.LogitDifference.Measure(logits, answers)
                + answers.Clean.Ids.squeeze(1).eq(_pairs[1].Answers[0]).to(float64)
                    / answers.Clean.Ids.squeeze(1).ne(_pairs[1].Answers[0]).to(float64)
        );
        EncodedPairs pairs = EncodedPairs.Of([_pairs[0], _pairs[1], _pairs[2]]);

        AttributionDivergedException error = Assert.Throws<AttributionDivergedException>(() =>
            Method.Attribute(_model, pairs, metric)
        );

        Assert.Equal(
            "The metric 'odd' is Infinity at step 1 of 2 of batch 2 for pair 2; look at that pair and at the model's weights.",
            error.Message
        );
    }

    // The embedding of a token that only pair 2 has.
    [Theory]
    [InlineData("eap", null, "The metric 'logit-difference' is NaN at step 1 of 1 of batch 2 for pair 2;")]
    [InlineData("eap-ig-inputs", null, "The metric 'logit-difference' is NaN at step 1 of 5 of batch 2 for pair 2;")]
    [InlineData(
        "eap-ig-activations",
        null,
        "The metric 'logit-difference' is NaN at step 1 of 5 of batch 2 for pair 2;"
    )]
    [InlineData("clean-corrupted", null, "The metric 'logit-difference' is NaN at step 1 of 2 of batch 2 for pair 2;")]
    [InlineData("exact", null, "The metric 'logit-difference' is NaN in the clean run of batch 2 for pair 2;")]
    [InlineData(
        "information-flow-routes",
        null,
        "The information is NaN that flows into 'a0.h0' of batch 2 for pair 2;"
    )]
    [InlineData(
        "exact",
        Intervention.Mean,
        "The sum of the logits is NaN for the means, in the clean run of batch 2 for pair 2;"
    )]
    public void Of_weights_that_are_not_finite_name_the_pair(string method, Intervention? intervention, string start)
    {
        EncodedPair good = new([1, 2, 3], [1, 4, 3], 0, 1);
        EncodedPairs pairs = EncodedPairs.Of([good, good with { Clean = [1, 9, 3] }, good]);
        using (no_grad())
        {
            _model.get_parameter("gpt_neox.embed_in.weight")![9].fill_(double.NaN);
        }

        AttributionOptions options = new() { Intervention = intervention };

        AttributionDivergedException error = Assert.Throws<AttributionDivergedException>(() =>
            AttributionMethods
                .Create(method, options, 1, TimeProvider.System)
                .Attribute(_model, pairs, Metrics.LogitDifference)
        );

        Assert.StartsWith(start, error.Message);
    }

    [Fact]
    public void Of_circuits_with_values_that_are_not_finite_name_run_and_pair()
    {
        EncodedPair good = new([1, 2, 3], [1, 4, 3], 0, 1);
        EncodedPairs pairs = EncodedPairs.Of([good, good with { Corrupted = [1, 9, 3] }]);
        using (no_grad())
        {
            _model.get_parameter("gpt_neox.embed_in.weight")![9].fill_(double.NaN);
        }

        AttributionDivergedException error = Assert.Throws<AttributionDivergedException>(() =>
            new CircuitEvaluator(1, TimeProvider.System).Evaluate(
                _model,
                new Circuit(new ComputationGraph(_model.Config), [0], SelectionOrigin.Unknown(1)),
                pairs,
                Metrics.LogitDifference
            )
        );

        Assert.StartsWith(
            "The metric 'logit-difference' is NaN in the corrupted run of batch 2 for pair 2;",
            error.Message
        );
    }

    [Fact]
    public void Of_gradients_that_are_not_finite_name_the_activation_too()
    {
        // The root of 0 is 0, but its slope is not finite.
        Metric metric = new("kinked", (logits, _) => (logits.select(1, 0) * 0).sqrt());

        AttributionDivergedException error = Assert.Throws<AttributionDivergedException>(() =>
            Method.Attribute(_model, _pairs, metric)
        );

        Assert.StartsWith(
            "The gradient at 'blocks.0.attn.hook_q' is NaN at step 1 of 2 of batch 1 for pair 3;",
            error.Message
        );
    }

    [Fact]
    public void Of_metrics_without_a_number_per_example_say_what_came()
    {
        Metric metric = new("summed", (logits, _) => logits.sum());

        ArgumentException error = Assert.Throws<ArgumentException>(() => Method.Attribute(_model, _pairs, metric));

        Assert.Equal("Expected values of the metric 'summed' of shape [batch=4], got [].", error.Message);
    }

    [Fact]
    public void Of_adapters_that_are_not_merged_name_the_map()
    {
        using Generator random = new(1);
        using LoraAdapter adapter = LoraAdapter.Attach(_model, _ => 2, 2, random);
        using IDisposable frozen = no_grad();
        foreach (TorchSharp.Modules.Parameter parameter in adapter.Parameters)
        {
            parameter.fill_(0.1);
        }

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() =>
            Method.Attribute(_model, _pairs, Metrics.LogitDifference)
        );

        Assert.StartsWith("An adapter is attached to 'gpt_neox.layers.0.attention.query_key_value'", error.Message);
    }

    [Fact]
    public void Of_a_circuit_of_another_model_say_both_shapes()
    {
        Circuit circuit = new(new ComputationGraph(3, 2, true), [0], SelectionOrigin.Unknown(1));

        ArgumentException error = Assert.Throws<ArgumentException>(() =>
            new CircuitEvaluator(1, TimeProvider.System).Evaluate(_model, circuit, _pairs, Metrics.LogitDifference)
        );

        Assert.Equal(
            "The circuit is of a model of '3' layers, '2' heads and parallel blocks, but this one has '2', '2' and parallel blocks.",
            error.Message
        );
    }

    [Fact]
    public void Of_a_collapsed_circuit_say_which_one_to_run()
    {
        Circuit circuit = new Circuit(new ComputationGraph(_model.Config), [0], SelectionOrigin.Unknown(1)).Collapse();

        ArgumentException error = Assert.Throws<ArgumentException>(() =>
            new CircuitEvaluator(1, TimeProvider.System).Evaluate(_model, circuit, _pairs, Metrics.LogitDifference)
        );

        Assert.Equal(
            "The circuit belongs to a graph of 2 layers of 2 heads in parallel blocks with q, k and v collapsed, but a model is run "
                + "with the inputs of its heads told apart: evaluate the circuit that was collapsed.",
            error.Message
        );
    }

    [Fact]
    public void Of_a_cancelled_run_come_between_batches()
    {
        using CancellationTokenSource stop = new();
        List<AttributionProgress> seen = [];

        Assert.Throws<OperationCanceledException>(() =>
            Method.Attribute(_model, _pairs, Metrics.LogitDifference, Stopping, stop.Token)
        );

        Assert.Equal([(2, 6)], seen.Select(progress => (progress.Done, progress.Total)));

        void Stopping(AttributionProgress progress)
        {
            seen.Add(progress);
            stop.Cancel();
        }
    }
}
