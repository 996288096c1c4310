using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor index_select(long dim, Tensor index) => Ops.One("aten::index_select", this, dim, index);

        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Ops.One("aten::index_add", this, dim, index, source, alpha);

        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Ops.InPlace("aten::index_add_", this, dim, index, source, alpha);

        public Tensor index_copy_(long dim, Tensor index, Tensor source) =>
            Ops.InPlace("aten::index_copy_", this, dim, index, source);

        public Tensor gather(long dim, Tensor index) => Ops.One("aten::gather", this, dim, index);

        public Tensor scatter(long dim, Tensor index, Tensor src) =>
            Ops.One("aten::scatter.src", this, dim, index, src);

        public Tensor scatter_(long dim, Tensor index, Tensor src) =>
            Ops.InPlace("aten::scatter_.src", this, dim, index, src);

        public Tensor scatter_add(long dim, Tensor index, Tensor src) =>
            Ops.One("aten::scatter_add", this, dim, index, src);

        public Tensor scatter_add_(long dim, Tensor index, Tensor src) =>
            Ops.InPlace("aten::scatter_add_", this, dim, index, src);

        public Tensor masked_fill(Tensor mask, Scalar value) => Ops.One("aten::masked_fill.Scalar", this, mask, value);

        public Tensor masked_fill_(Tensor mask, Scalar value) =>
            Ops.InPlace("aten::masked_fill_.Scalar", this, mask, value);

        public Tensor masked_select(Tensor mask) => Ops.One("aten::masked_select", this, mask);

        public Tensor where(Tensor condition, Tensor y) => Ops.One("aten::where.self", condition, this, y);

        public Tensor nonzero() => Ops.One("aten::nonzero", this);

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) =>
            Ops.Two("aten::topk", this, (long)k, (long)dim, largest, sorted);

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) =>
            Ops.Two("aten::sort.stable", this, stable, dim, descending);

        public Tensor argsort(long dim = -1, bool descending = false) =>
            Ops.One("aten::argsort", this, dim, descending);
    }
}
