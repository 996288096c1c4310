using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class LayerNorm : nn.Module<Tensor, Tensor>
    {
        [Utils.ComponentName(Name = "weight")]
        private Parameter? _weight;

        [Utils.ComponentName(Name = "bias")]
        private Parameter? _bias;

        internal LayerNorm(long[] shape, double eps, Parameter? weight, Parameter? bias)
            : base(nameof(LayerNorm))
        {
            (normalized_shape, this.eps, _weight, _bias) = (shape, eps, weight, bias);
            weight?.DetachFromDisposeScope();
            bias?.DetachFromDisposeScope();
            RegisterComponents();
        }

        public long[] normalized_shape { get; set; }

        public double eps { get; set; }

        public bool elementwise_affine => _weight is not null;

        public Parameter? weight => _weight;

        public Parameter? bias => _bias;

        public override Tensor forward(Tensor tensor) =>
            nn.functional.layer_norm(tensor, normalized_shape, _weight, _bias, eps);
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static LayerNorm LayerNorm(
                long[] normalized_shape,
                double eps = 1e-05,
                bool elementwise_affine = true,
                bool bias = true,
                Device? device = null,
                ScalarType? dtype = null
            ) =>
                new(
                    normalized_shape,
                    eps,
                    elementwise_affine ? new Parameter(ones(normalized_shape, dtype, device)) : null,
                    elementwise_affine && bias ? new Parameter(zeros(normalized_shape, dtype, device)) : null
                );

            public static LayerNorm LayerNorm(
                long normalized_shape,
                double eps = 1e-05,
                bool elementwise_affine = true,
                bool bias = true,
                Device? device = null,
                ScalarType? dtype = null
            ) => LayerNorm([normalized_shape], eps, elementwise_affine, bias, device, dtype);

            public static partial class functional
            {
                public static Tensor layer_norm(
                    Tensor input,
                    long[] normalized_shape,
                    Tensor? weight = null,
                    Tensor? bias = null,
                    double eps = 1e-5
                ) => Ops.One("aten::layer_norm", input, normalized_shape, weight, bias, eps);
            }
        }
    }
}
