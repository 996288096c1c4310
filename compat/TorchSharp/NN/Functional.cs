using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public enum Reduction : long
        {
            None,
            Mean,
            Sum,
        }

        public static partial class functional
        {
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

            public static Tensor log_softmax(Tensor x, long dim) => x.log_softmax(dim);

            public static Tensor gelu(Tensor x) => x.gelu();

            public static Tensor relu(Tensor x) => x.relu();

            public static Tensor silu(Tensor x) => x.silu();

            public static Tensor dropout(Tensor input, double p = 0.5, bool training = true) =>
                Ops.One("aten::dropout", input, p, training);

            public static Tensor one_hot(Tensor x, long num_classes = -1) => Ops.One("aten::one_hot", x, num_classes);

            public static Tensor cross_entropy(
                Tensor input,
                Tensor target,
                Tensor? weight = null,
                long ignore_index = -100,
                Reduction reduction = Reduction.Mean,
                double label_smoothing = 0.0
            ) =>
                Ops.One(
                    "aten::cross_entropy_loss",
                    input,
                    target,
                    weight,
                    (long)reduction,
                    ignore_index,
                    label_smoothing
                );

            public static Tensor nll_loss(
                Tensor input,
                Tensor target,
                Tensor? weight = null,
                Reduction reduction = Reduction.Mean
            ) => Ops.One("aten::nll_loss", input, target, weight, (long)reduction);

            public static Tensor mse_loss(Tensor input, Tensor target, Reduction reduction = Reduction.Mean) =>
                Ops.One("aten::mse_loss", input, target, (long)reduction);

            public static Tensor kl_div(
                Tensor input,
                Tensor target,
                bool log_target = true,
                Reduction reduction = Reduction.Mean
            ) => Ops.One("aten::kl_div", input, target, (long)reduction, log_target);

            /// <summary>
            /// softmax(Q Kᵀ / √d_head + mask) V. One fused operator where this libtorch has it (2.0), else composed.
            /// </summary>
            public static Tensor scaled_dot_product_attention(
                Tensor query,
                Tensor key,
                Tensor value,
                Tensor? attn_mask = null,
                double p = 0.0,
                bool is_casual = false
            )
            {
                if (Ops.Has("aten::scaled_dot_product_attention"))
                    return Ops.One("aten::scaled_dot_product_attention", query, key, value, attn_mask, p, is_casual);

                using DisposeScope scope = NewDisposeScope();
                Tensor scores = query.matmul(key.transpose(-2, -1)).mul(1 / Math.Sqrt(query.size(-1)));
                if (is_casual)
                    scores = scores.masked_fill(
                        Future(query.size(-2), key.size(-2), query.device),
                        double.NegativeInfinity
                    );
                if (attn_mask is not null)
                    scores =
                        attn_mask.dtype == ScalarType.Bool
                            ? scores.masked_fill(attn_mask.logical_not(), double.NegativeInfinity)
                            : scores.add(attn_mask);
                Tensor weights = scores.softmax(-1);
                return (p > 0 ? dropout(weights, p) : weights).matmul(value).MoveToOuterDisposeScope();
            }

            private static Tensor Future(long queries, long keys, Device device) =>
                ones(queries, keys, ScalarType.Bool, device).triu(1);
        }

        public static partial class utils
        {
            /// <summary>Scales all gradients so that their common norm is at most the given one; returns the norm before.</summary>
            public static double clip_grad_norm_(
                IEnumerable<Modules.Parameter> tensors,
                double max_norm,
                double norm_type = 2.0
            )
            {
                using DisposeScope scope = NewDisposeScope();
                using IDisposable frozen = no_grad();
                Tensor[] gradients = [.. tensors.Select(tensor => tensor.grad).OfType<Tensor>()];
                if (gradients.Length == 0)
                    return 0;
                Tensor norms = stack(gradients.Select(gradient => linalg.vector_norm(gradient, norm_type)));
                double total = linalg.vector_norm(norms, norm_type).ToScalar().ToDouble();
                double factor = max_norm / (total + 1e-6);
                if (factor < 1)
                {
                    foreach (Tensor gradient in gradients)
                        gradient.mul_(factor);
                }

                return total;
            }
        }
    }
}
