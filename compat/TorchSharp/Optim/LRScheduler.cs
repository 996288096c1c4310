namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>Sets the learning rate of every group, step by step.</summary>
            public abstract class LRScheduler
            {
                private readonly ILearningRateController[] controllers;
                private readonly double[] last;

                internal readonly double[] BaseRates;

                private protected LRScheduler(Optimizer optimizer, int last_epoch)
                {
                    controllers = [.. optimizer.ParamGroups];
                    BaseRates = [.. controllers.Select(controller => controller.InitialLearningRate)];
                    last = [.. BaseRates];
                    LastEpoch = last_epoch;
                }

                internal int LastEpoch { get; private set; }

                public virtual void step()
                {
                    LastEpoch++;
                    for (int i = 0; i < controllers.Length; i++)
                        controllers[i].LearningRate = last[i] = RateOf(i);
                }

                public IEnumerable<double> get_last_lr() => last;

                private protected abstract double RateOf(int group);
            }

            private sealed class Scheduled : LRScheduler
            {
                private readonly Func<int, double, double> rate;

                internal Scheduled(Optimizer optimizer, Func<int, double, double> rate, int last_epoch)
                    : base(optimizer, last_epoch)
                {
                    this.rate = rate;
                    step();
                }

                private protected override double RateOf(int group) => rate(LastEpoch, BaseRates[group]);
            }

            /// <summary>Initial rate times a function of the step.</summary>
            public static LRScheduler LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1) =>
                new Scheduled(optimizer, (epoch, rate) => rate * lr_lambda(epoch), last_epoch);

            public static LRScheduler StepLR(
                Optimizer optimizer,
                int step_size,
                double gamma = 0.1,
                int last_epoch = -1
            ) => new Scheduled(optimizer, (epoch, rate) => rate * Math.Pow(gamma, epoch / step_size), last_epoch);

            public static LRScheduler LinearLR(
                Optimizer optimizer,
                double start_factor = 1.0 / 3,
                double end_factor = 1.0,
                int total_iters = 5,
                int last_epoch = -1
            ) =>
                new Scheduled(
                    optimizer,
                    (epoch, rate) =>
                        rate
                        * (start_factor + (end_factor - start_factor) * Math.Min(epoch, total_iters) / total_iters),
                    last_epoch
                );

            public static LRScheduler CosineAnnealingLR(
                Optimizer optimizer,
                double T_max,
                double eta_min = 0,
                int last_epoch = -1
            ) =>
                new Scheduled(
                    optimizer,
                    (epoch, rate) => eta_min + (rate - eta_min) * (1 + Math.Cos(Math.PI * epoch / T_max)) / 2,
                    last_epoch
                );
        }
    }
}
