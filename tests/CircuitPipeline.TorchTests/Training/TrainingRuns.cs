using CircuitPipeline.Models;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Corpora;
using CircuitPipeline.Training;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.TorchTests.Training;

public sealed class TrainingRuns : IDisposable
{
    private static readonly Vocabulary Words = new([.. "abcdefg".Select(letter => $"{letter}"), "<pad>", "<eos>"]);

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Transformer _model = TinyModel.Create();
    private readonly TrainingRows _rows = TrainingRows.OfCorpus(
        Corpus.OfText(["a b c d", "b c d e", "c d e", "d e f g"], Words),
        CPU
    );

    public void Dispose()
    {
        _scope.Dispose();
        _rows.Dispose();
        _model.Dispose();
    }

    [Fact]
    public void Learn_what_follows_what()
    {
        double[] losses = Train(_model, steps: 150);

        Assert.Equal(150, losses.Length);
        Assert.True(losses[^1] < 0.2 && losses[^1] < losses[0] / 5, $"{losses[0]} -> {losses[^1]}");
    }

    [Fact]
    public void Of_one_seed_give_the_same_bits()
    {
        using Transformer twin = TinyModel.Create();

        Assert.Equal(Train(_model, steps: 5), Train(twin, steps: 5));
        Assert.All(_model.parameters().Zip(twin.parameters()), pair => Assert.True(pair.First.Equals(pair.Second)));
    }

    [Fact]
    public void Of_another_seed_take_the_rows_in_another_order()
    {
        using Transformer twin = TinyModel.Create();

        Assert.NotEqual(Train(_model, steps: 5), Train(twin, steps: 5, seed: 2));
    }

    [Fact]
    public void Change_only_the_parameters_that_are_given()
    {
        using Transformer untouched = TinyModel.Create();
        Parameter given = _model.get_parameter("embed_out.weight")!;

        Train(_model, steps: 3, parameters: [given]);

        string[] changed =
        [
            .. _model
                .named_parameters()
                .Where(own => !own.parameter.Equals(untouched.get_parameter(own.name)!))
                .Select(own => own.name),
        ];
        Assert.Equal(["embed_out.weight"], changed);
    }

    [Fact]
    public void Report_every_step_with_an_estimate()
    {
        List<TrainingProgress> reports = [];

        Train(_model, steps: 4, report: reports.Add);

        Assert.Equal([1, 2, 3, 4], reports.Select(report => report.Step));
        Assert.All(reports, report => Assert.True(report.TokensPerSecond > 0 && report.Remaining >= TimeSpan.Zero));
        Assert.Equal(TimeSpan.Zero, reports[^1].Remaining);
    }

    [Fact]
    public void Stop_before_the_next_step_when_asked()
    {
        using CancellationTokenSource source = new();
        int steps = 0;

        Assert.Throws<OperationCanceledException>(() =>
            Train(
                _model,
                steps: 100,
                report: _ =>
                {
                    if (++steps == 3)
                    {
                        source.Cancel();
                    }
                },
                cancellation: source.Token
            )
        );
        Assert.Equal(3, steps);
    }

    [Fact]
    public void That_diverge_say_at_which_step_and_what_helps()
    {
        using (no_grad())
        {
            _model.get_parameter("embed_out.weight")!.fill_(double.NaN);
        }

        TrainingDivergedException error = Assert.Throws<TrainingDivergedException>(() => Train(_model, steps: 7));

        Assert.Equal(
            "The loss is NaN at step 1 of 7 at learning rate 0.02; it is the first step; "
                + "lower the learning rate or the clip norm.",
            error.Message
        );
    }

    [Fact]
    public void That_diverge_later_say_the_loss_before()
    {
        void Poison(TrainingProgress progress)
        {
            using IDisposable frozen = no_grad();
            if (progress.Step == 2)
            {
                _model.get_parameter("gpt_neox.embed_in.weight")!.fill_(double.PositiveInfinity);
            }
        }

        TrainingDivergedException error = Assert.Throws<TrainingDivergedException>(() =>
            Train(_model, steps: 7, report: Poison)
        );

        Assert.Matches("^The loss is NaN at step 3 of 7 .*; the loss before was [0-9.]+; ", error.Message);
    }

    private double[] Train(
        Transformer model,
        int steps,
        int seed = 1,
        IEnumerable<Parameter>? parameters = null,
        Action<TrainingProgress>? report = null,
        CancellationToken cancellation = default
    ) =>
        new Trainer(
            new TrainingOptions
            {
                Steps = steps,
                Batch = 4,
                LearningRate = 0.02,
                Schedule = _ => 1,
            },
            TimeProvider.System
        ).Train(
            model,
            parameters ?? model.parameters(),
            _rows,
            new SeededRandom(seed),
            report ?? (_ => { }),
            cancellation
        );
}
