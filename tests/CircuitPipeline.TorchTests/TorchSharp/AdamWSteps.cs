using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Engine;

/// <summary>AdamW against its definition on one number (Loshchilov and Hutter 2019, algorithm 2).</summary>
public sealed class AdamWSteps
{
    private sealed class Reference(double value, double beta1, double beta2, double eps, double weightDecay)
    {
        private double m;
        private double v;
        private int t;

        internal double Value { get; private set; } = value;

        internal void Step(double gradient, double lr)
        {
            t++;
            m = beta1 * m + (1 - beta1) * gradient;
            v = beta2 * v + (1 - beta2) * gradient * gradient;
            double mHat = m / (1 - Math.Pow(beta1, t));
            double vHat = v / (1 - Math.Pow(beta2, t));
            Value = Value - lr * weightDecay * Value - lr * mHat / (Math.Sqrt(vHat) + eps);
        }
    }

    private static Parameter Number(double value) => nn.Parameter(tensor(new[] { value }));

    // The loss (p - 3)² has the gradient 2 (p - 3).
    private static void Step(optim.Optimizer optimizer, params Parameter[] parameters)
    {
        foreach (Parameter parameter in parameters)
        {
            parameter.grad = null;
            (parameter - 3).pow(2).sum().backward();
        }

        optimizer.step();
    }

    private static double Gradient(Reference reference) => 2 * (reference.Value - 3);

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.1)]
    public void Follow_the_definition(double weightDecay)
    {
        Parameter p = Number(1);
        Reference reference = new(1, 0.8, 0.95, 1e-6, weightDecay);
        using AdamW optimizer = optim.AdamW([p], 0.05, 0.8, 0.95, 1e-6, weightDecay);

        for (int i = 0; i < 10; i++)
        {
            Step(optimizer, p);
            reference.Step(Gradient(reference), 0.05);
            Elements.MustBe(p, 1e-12, [reference.Value]);
        }
    }

    [Fact]
    public void Take_each_group_by_its_own_options()
    {
        Parameter p = Number(1);
        Parameter q = Number(-2);
        AdamW.ParamGroup[] groups =
        [
            new([p], new AdamW.Options { LearningRate = 0.01, weight_decay = 0.5 }),
            new([q], new AdamW.Options { beta1 = 0.5 }),
        ];
        using AdamW optimizer = optim.AdamW(groups, lr: 0.1);
        Reference first = new(1, 0.9, 0.999, 1e-8, 0.5);
        Reference second = new(-2, 0.5, 0.999, 1e-8, 0);

        for (int i = 0; i < 5; i++)
        {
            Step(optimizer, p, q);
            first.Step(Gradient(first), 0.01);
            second.Step(Gradient(second), 0.1);
        }

        Elements.MustBe(p, 1e-12, [first.Value]);
        Elements.MustBe(q, 1e-12, [second.Value]);
        Assert.Equal([0.01, 0.1], optimizer.ParamGroups.Select(group => group.LearningRate));
        Assert.Equal(2, optimizer.parameters().Count());
    }

    [Fact]
    public void Use_the_rate_that_a_scheduler_sets()
    {
        Parameter p = Number(1);
        Reference reference = new(1, 0.9, 0.999, 1e-8, 0.01);
        using AdamW optimizer = optim.AdamW([p], 0.1, weight_decay: 0.01);
        var scheduler = optim.lr_scheduler.LambdaLR(optimizer, step => 1.0 / (step + 1));

        for (int i = 0; i < 5; i++)
        {
            Step(optimizer, p);
            scheduler.step();
            reference.Step(Gradient(reference), 0.1 / (i + 1));
        }

        Elements.MustBe(p, 1e-12, [reference.Value]);
    }

    [Fact]
    public void Leave_parameters_without_a_gradient_alone()
    {
        Parameter p = Number(1);
        Parameter idle = Number(7);
        using AdamW optimizer = optim.AdamW([p, idle], weight_decay: 0.5);

        Step(optimizer, p);

        Elements.MustBe(idle, 7);
    }

    [Fact]
    public void Return_the_loss_of_the_closure()
    {
        Parameter p = Number(1);
        using AdamW optimizer = optim.AdamW([p], lr: 0.1);

        Tensor? loss = optimizer.step(() =>
        {
            Tensor value = (p - 3).pow(2).sum();
            value.backward();
            return value;
        });

        Elements.MustBe(loss!, 4);
        Elements.MustBe(p, 1.1);
    }

    [Fact]
    public void Do_not_start_from_impossible_settings()
    {
        Parameter[] p = [Number(1)];

        Assert.Throws<ArgumentException>(() => optim.AdamW(p, lr: -1));
        Assert.Throws<ArgumentException>(() => optim.AdamW(p, beta1: 1));
        Assert.Throws<ArgumentException>(() => optim.AdamW(p, beta2: -0.1));
        Assert.Throws<ArgumentException>(() => optim.AdamW(p, eps: -1));
        Assert.Throws<ArgumentException>(() => optim.AdamW(p, weight_decay: -1));
    }
}
