using TorchSharp.Interop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    public sealed class Embedding : nn.Module<Tensor, Tensor>
    {
        [Utils.ComponentName(Name = "weight")]
        private Parameter _weight;

        internal Embedding(Parameter weight)
            : base(nameof(Embedding))
        {
            _weight = weight;
            RegisterComponents();
        }

        public Parameter weight => _weight;

        public override Tensor forward(Tensor input) => Ops.One("aten::embedding", _weight, input);
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
                Device? device = null,
                ScalarType? dtype = null
            )
            {
                using IDisposable frozen = no_grad();
                Parameter weight = new(empty(num_embeddings, embedding_dims, dtype, device));
                init.normal_(weight);
                return new Embedding(weight);
            }

            public static Embedding Embedding_from_pretrained(Tensor embeddings, bool freeze = true) =>
                new(new Parameter(embeddings.alias(), !freeze));
        }
    }
}
