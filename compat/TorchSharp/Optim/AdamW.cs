using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter 2019, arXiv:1711.05101, algorithm 2).</summary>
    public class AdamW : optim.Optimizer
    {
        private readonly Dictionary<Parameter, State> states = new(ReferenceEqualityComparer.Instance);

        public AdamW(
            IEnumerable<ParamGroup> parameters,
            double lr = 1e-3,
            double beta1 = 0.9,
            double beta2 = 0.999,
            double eps = 1e-8,
            double weight_decay = 0
        )
        {
            ThrowUnless(lr >= 0, nameof(lr), lr);
            ThrowUnless(eps >= 0, nameof(eps), eps);
            ThrowUnless(beta1 is >= 0 and < 1, nameof(beta1), beta1);
            ThrowUnless(beta2 is >= 0 and < 1, nameof(beta2), beta2);
            ThrowUnless(weight_decay >= 0, nameof(weight_decay), weight_decay);
            foreach (ParamGroup group in parameters)
            {
                Options own = group.Options ??= new Options();
                own.LearningRate ??= lr;
                own.InitialLearningRate = own.LearningRate.Value;
                own.beta1 ??= beta1;
                own.beta2 ??= beta2;
                own.eps ??= eps;
                own.weight_decay ??= weight_decay;
                group.Parameters = [.. group.Parameters];
                groups.Add(group);
            }
        }

        public override Tensor? step(Func<Tensor>? closure = null)
        {
            Tensor? loss = null;
            if (closure is not null)
            {
                using IDisposable recording = enable_grad();
                loss = closure();
            }

            using IDisposable frozen = no_grad();
            foreach (Modules.ParamGroup group in groups)
            {
                foreach (Parameter parameter in group.Parameters)
                    Update(parameter, (Options)group.Options);
            }

            return loss;
        }

        private void Update(Parameter parameter, Options options)
        {
            using DisposeScope scope = NewDisposeScope();
            if (parameter.grad is not { } gradient)
                return;
            if (!states.TryGetValue(parameter, out State? state))
                states.Add(parameter, state = new State(parameter));

            double lr = options.LearningRate!.Value;
            (double beta1, double beta2) = (options.beta1!.Value, options.beta2!.Value);
            state.step++;
            double correction1 = 1 - Math.Pow(beta1, state.step);
            double correction2 = 1 - Math.Pow(beta2, state.step);

            parameter.mul_(1 - lr * options.weight_decay!.Value);
            state.exp_avg.mul_(beta1).add_(gradient, alpha: 1 - beta1);
            state.exp_avg_sq.mul_(beta2).addcmul_(gradient, gradient, value: 1 - beta2);
            Tensor denominator = state.exp_avg_sq.sqrt().div_(Math.Sqrt(correction2)).add_(options.eps!.Value);
            parameter.addcdiv_(state.exp_avg, denominator, value: -lr / correction1);
        }

        private static void ThrowUnless(bool isValid, string name, double value)
        {
            if (!isValid)
                throw new ArgumentException($"Invalid {name}: {value}");
        }

        protected override void Dispose(bool disposing)
        {
            foreach (State state in states.Values)
                state.Dispose();
            states.Clear();
        }

        private sealed class State(Parameter parameter) : IDisposable
        {
            internal long step;
            internal readonly Tensor exp_avg = zeros_like(parameter).DetachFromDisposeScope();
            internal readonly Tensor exp_avg_sq = zeros_like(parameter).DetachFromDisposeScope();

            public void Dispose()
            {
                exp_avg.Dispose();
                exp_avg_sq.Dispose();
            }
        }

        public class Options : OptimizerOptions
        {
            public double? beta1;
            public double? beta2;
            public double? weight_decay;
            public double? eps;
        }

        public class ParamGroup : ParamGroup<Options>
        {
            public ParamGroup() { }

            public ParamGroup(IEnumerable<Parameter> parameters, Options options)
                : base(parameters, options) { }
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static AdamW AdamW(
                IEnumerable<Parameter> parameters,
                double lr = 1e-3,
                double beta1 = 0.9,
                double beta2 = 0.999,
                double eps = 1e-8,
                double weight_decay = 0
            ) => new([new AdamW.ParamGroup { Parameters = parameters }], lr, beta1, beta2, eps, weight_decay);

            public static AdamW AdamW(
                IEnumerable<AdamW.ParamGroup> parameters,
                double lr = 1e-3,
                double beta1 = 0.9,
                double beta2 = 0.999,
                double eps = 1e-8,
                double weight_decay = 0
            ) => new(parameters, lr, beta1, beta2, eps, weight_decay);
        }
    }
}
