using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor view(params long[] shape) => Ops.One("aten::view", this, shape);

        public Tensor view_as(Tensor other) => Ops.One("aten::view_as", this, other);

        public Tensor reshape(params long[] shape) => Ops.One("aten::reshape", this, shape);

        public Tensor flatten(long start_dim = 0, long end_dim = -1) =>
            Ops.One("aten::flatten.using_ints", this, start_dim, end_dim);

        public Tensor unflatten(long dim, params long[] sizes)
        {
            long[] sizesNow = shape;
            int at = (int)(dim < 0 ? dim + sizesNow.Length : dim);
            return reshape([.. sizesNow[..at], .. sizes, .. sizesNow[(at + 1)..]]);
        }

        public Tensor permute(params long[] permutation) => Ops.One("aten::permute", this, permutation);

        public Tensor transpose(long dim0, long dim1) => Ops.One("aten::transpose.int", this, dim0, dim1);

        public Tensor t() => Ops.One("aten::t", this);

        public Tensor T => Ops.One("aten::numpy_T", this);

        public Tensor mT => Ops.One("aten::mT", this);

        public Tensor unsqueeze(long dim) => Ops.One("aten::unsqueeze", this, dim);

        public Tensor squeeze(long? dim = null) =>
            dim is { } given ? Ops.One("aten::squeeze.dim", this, given) : Ops.One("aten::squeeze", this);

        public Tensor expand(params long[] sizes) => Ops.One("aten::expand", this, sizes);

        public Tensor expand_as(Tensor other) => Ops.One("aten::expand_as", this, other);

        public Tensor repeat(params long[] sizes) => Ops.One("aten::repeat", this, sizes);

        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            Ops.One("aten::repeat_interleave.self_int", this, repeats, dim, output_size);

        public Tensor narrow(long dim, long start, long length) => Ops.One("aten::narrow", this, dim, start, length);

        public Tensor select(long dim, long index) => Ops.One("aten::select.int", this, dim, index);

        public Tensor slice(long dim, long start, long finish, long step) =>
            Ops.One("aten::slice.Tensor", this, dim, start, finish, step);

        public Tensor[] split(long size, int dim = 0) => Ops.Many("aten::split.Tensor", this, size, (long)dim);

        public Tensor[] split(long[] sizes, long dim = 0) => Ops.Many("aten::split_with_sizes", this, sizes, dim);

        public Tensor[] chunk(long chunks, long dim = 0L) => Ops.Many("aten::chunk", this, chunks, dim);

        public Tensor[] unbind(long dimension = 0L) => Ops.Many("aten::unbind.int", this, dimension);

        public Tensor flip(params long[] dims) => Ops.One("aten::flip", this, dims);

        public Tensor roll(long shifts, long? dims = null) =>
            Ops.One("aten::roll", this, (long[])[shifts], dims is { } dim ? (long[])[dim] : (long[])[]);

        public Tensor tril(long diagonal = 0) => Ops.One("aten::tril", this, diagonal);

        public Tensor triu(long diagonal = 0) => Ops.One("aten::triu", this, diagonal);

        public Tensor diagonal(long offset = 0L, long dim1 = 0L, long dim2 = 1L) =>
            Ops.One("aten::diagonal", this, offset, dim1, dim2);

        public Tensor diag(long diagonal = 0) => Ops.One("aten::diag", this, diagonal);
    }
}
