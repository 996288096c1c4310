using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class Linear : nn.Module<Tensor, Tensor>
    {
        [Utils.ComponentName(Name = "weight")]
        private Parameter _weight;

        [Utils.ComponentName(Name = "bias")]
        private Parameter? _bias;

        internal Linear(Parameter weight, Parameter? bias)
            : base(nameof(Linear))
        {
            (_weight, _bias) = (weight, bias);
            (in_features, out_features) = (weight.shape[1], weight.shape[0]);
            weight.DetachFromDisposeScope();
            bias?.DetachFromDisposeScope();
            RegisterComponents();
        }

        public long in_features { get; set; }

        public long out_features { get; set; }

        public Parameter weight => _weight;

        public Parameter? bias => _bias;

        public override Tensor forward(Tensor tensor) => nn.functional.linear(tensor, _weight, _bias);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>y = x Wᵀ + b, drawn as PyTorch draws it: both uniform in ±1/√in.</summary>
            public static Linear Linear(
                long inputSize,
                long outputSize,
                bool hasBias = true,
                Device? device = null,
                ScalarType? dtype = null
            )
            {
                using IDisposable frozen = no_grad();
                double bound = inputSize > 0 ? 1 / Math.Sqrt(inputSize) : 0;
                Parameter weight = new(empty(outputSize, inputSize, dtype, device));
                init.uniform_(weight, -bound, bound);
                Parameter? bias = hasBias ? new(empty(outputSize, dtype, device)) : null;
                if (bias is not null)
                    init.uniform_(bias, -bound, bound);
                return new Linear(weight, bias);
            }

            public static Linear Linear(Parameter weight, Parameter? bias = null) => new(weight, bias);

            public static partial class functional
            {
                public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) =>
                    Ops.One("aten::linear", input, weights, bias);
            }
        }
    }
}
