using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor sum(ScalarType? type = null) => Ops.One("aten::sum", this, type);

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) =>
            Ops.One("aten::sum.dim_IntList", this, dim, keepdim, type);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) =>
            Ops.One("aten::sum.dim_IntList", this, (long[])[dim], keepdim, type);

        public Tensor mean() => Ops.One("aten::mean", this);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Ops.One("aten::mean.dim", this, dimensions, keepdim, type);

        public Tensor var(bool unbiased = true) => Ops.One("aten::var", this, unbiased);

        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Cast(Ops.One("aten::var.dim", this, dimensions, unbiased, keepdim), type);

        public Tensor std(bool unbiased = true) => Ops.One("aten::std", this, unbiased);

        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            Cast(Ops.One("aten::std.dim", this, dimensions, unbiased, keepdim), type);

        public Tensor prod(ScalarType? type = null) => Ops.One("aten::prod", this, type);

        public Tensor cumsum(long dim, ScalarType? type = null) => Ops.One("aten::cumsum", this, dim, type);

        public Tensor logsumexp(long dim, bool keepdim = false) =>
            Ops.One("aten::logsumexp", this, (long[])[dim], keepdim);

        public Tensor norm(float p = 2.0f) => Ops.One("aten::norm.Scalar", this, (double)p);

        public Tensor norm(int dim, bool keepdim = false, float p = 2.0f) =>
            Ops.One("aten::norm.ScalarOpt_dim", this, (double)p, (long[])[dim], keepdim);

        public Tensor amax(params long[] dims) => Ops.One("aten::amax", this, dims);

        public Tensor amax(long[] dims, bool keepdim = false) => Ops.One("aten::amax", this, dims, keepdim);

        public Tensor amin(params long[] dims) => Ops.One("aten::amin", this, dims);

        public Tensor amin(long[] dims, bool keepdim = false) => Ops.One("aten::amin", this, dims, keepdim);

        public Tensor max() => Ops.One("aten::max", this);

        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) =>
            Ops.Two("aten::max.dim", this, dim, keepdim);

        public Tensor min() => Ops.One("aten::min", this);

        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) =>
            Ops.Two("aten::min.dim", this, dim, keepdim);

        public Tensor argmax() => Ops.One("aten::argmax", this, Arg.None, false);

        public Tensor argmax(long dim, bool keepdim = false) => Ops.One("aten::argmax", this, dim, keepdim);

        public Tensor argmin() => Ops.One("aten::argmin", this, Arg.None, false);

        public Tensor argmin(long dim, bool keepdim = false) => Ops.One("aten::argmin", this, dim, keepdim);

        public Tensor all() => Ops.One("aten::all", this);

        public Tensor all(long dim, bool keepdim = false) => Ops.One("aten::all.dim", this, dim, keepdim);

        public Tensor any() => Ops.One("aten::any", this);

        public Tensor any(long dim, bool keepdim = false) => Ops.One("aten::any.dim", this, dim, keepdim);

        public Tensor count_nonzero() => Ops.One("aten::count_nonzero", this);

        public Tensor trace() => Ops.One("aten::trace", this);

        private static Tensor Cast(Tensor tensor, ScalarType? type) =>
            type is { } given ? tensor.to(given, disposeAfter: true) : tensor;
    }
}
