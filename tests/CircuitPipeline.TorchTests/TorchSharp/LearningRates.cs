using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Engine;

public sealed class LearningRates
{
    private static double[] Rates(Func<optim.Optimizer, optim.lr_scheduler.LRScheduler> make, int steps)
    {
        using AdamW optimizer = optim.AdamW([nn.Parameter(ones(1))], lr: 0.8);
        optim.lr_scheduler.LRScheduler scheduler = make(optimizer);
        double[] rates = new double[steps];
        for (int i = 0; i < steps; i++)
        {
            rates[i] = optimizer.ParamGroups.Single().LearningRate;
            Assert.Equal([rates[i]], scheduler.get_last_lr());
            optimizer.step();
            scheduler.step();
        }

        return rates;
    }

    private static void MustBe(double[] expected, double[] rates) =>
        Assert.Equal(expected.Select(rate => Math.Round(rate, 10)), rates.Select(rate => Math.Round(rate, 10)));

    [Fact]
    public void By_a_function_of_the_step() =>
        MustBe([0, 0.4, 0.8, 1.2], Rates(o => optim.lr_scheduler.LambdaLR(o, step => step / 2.0), 4));

    [Fact]
    public void By_steps() =>
        MustBe([0.8, 0.8, 0.4, 0.4, 0.2], Rates(o => optim.lr_scheduler.StepLR(o, 2, gamma: 0.5), 5));

    [Fact]
    public void By_a_line() =>
        MustBe(
            [0.2, 0.4, 0.6, 0.8, 0.8],
            Rates(o => optim.lr_scheduler.LinearLR(o, start_factor: 0.25, total_iters: 3), 5)
        );

    [Fact]
    public void By_half_a_cosine() =>
        MustBe(
            [0.8, 0.1 + 0.35 * (1 + Math.Cos(Math.PI / 4)), 0.45, 0.1 + 0.35 * (1 - Math.Cos(Math.PI / 4)), 0.1],
            Rates(o => optim.lr_scheduler.CosineAnnealingLR(o, 4, eta_min: 0.1), 5)
        );

    [Fact]
    public void Start_from_the_rate_of_each_group()
    {
        AdamW.ParamGroup[] groups =
        [
            new([nn.Parameter(ones(1))], new AdamW.Options { LearningRate = 0.1 }),
            new([nn.Parameter(ones(1))], new AdamW.Options { LearningRate = 1 }),
        ];
        using AdamW optimizer = optim.AdamW(groups);

        optim.lr_scheduler.LambdaLR(optimizer, _ => 0.5);

        Assert.Equal([0.05, 0.5], optimizer.ParamGroups.Select(group => group.LearningRate));
        Assert.Equal([0.1, 1], optimizer.ParamGroups.Select(group => group.InitialLearningRate));
    }
}
