using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class Embedding : nn.Module<Tensor, Tensor>
    {
        [Utils.ComponentName(Name = "weight")]
        private Parameter _weight;

        private readonly long? _paddingIndex;
        private readonly (double norm, double type)? _largest;
        private readonly bool _scalesGradientByFrequency;
        private readonly bool _isSparse;

        internal Embedding(
            Parameter weight,
            long? paddingIndex,
            (double norm, double type)? largest,
            bool scalesGradientByFrequency,
            bool isSparse
        )
            : base(nameof(Embedding))
        {
            _weight = weight;
            _paddingIndex = paddingIndex < 0 ? paddingIndex + weight.shape[0] : paddingIndex;
            (_largest, _scalesGradientByFrequency, _isSparse) = (largest, scalesGradientByFrequency, isSparse);
            weight.DetachFromDisposeScope();
            RegisterComponents();
        }

        public Parameter? weight => _weight;

        public override Tensor forward(Tensor input)
        {
            if (_largest is { } largest)
            {
                using IDisposable frozen = no_grad();
                Ops.InPlace("aten::embedding_renorm_", _weight, input, largest.norm, largest.type);
            }

            return Ops.One(
                "aten::embedding",
                _weight,
                input,
                _paddingIndex ?? -1,
                _scalesGradientByFrequency,
                _isSparse
            );
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Embedding Embedding(
                long num_embeddings,
                long embedding_dims,
                long? padding_idx = null,
                double? max_norm = null,
                double norm_type = 2.0,
                bool scale_grad_by_freq = false,
                bool sparse = false,
                Device? device = null,
                ScalarType? dtype = null
            )
            {
                using IDisposable frozen = no_grad();
                Parameter weight = new(empty(num_embeddings, embedding_dims, dtype, device));
                init.normal_(weight);
                if (padding_idx is { } padding)
                {
                    using Tensor row = weight[padding];
                    row.fill_(0);
                }

                (double, double)? largest = max_norm is { } norm ? (norm, norm_type) : null;
                return new Embedding(weight, padding_idx, largest, scale_grad_by_freq, sparse);
            }

            public static Embedding Embedding_from_pretrained(
                Tensor embeddings,
                bool freeze = true,
                long? padding_idx = null,
                double? max_norm = null,
                double norm_type = 2.0,
                bool scale_grad_by_freq = false,
                bool sparse = false
            )
            {
                Parameter weight = new(embeddings.alias(), !freeze);
                (double, double)? largest = max_norm is { } norm ? (norm, norm_type) : null;
                return new Embedding(weight, padding_idx, largest, scale_grad_by_freq, sparse);
            }
        }
    }
}
