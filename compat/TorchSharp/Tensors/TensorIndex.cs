using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>One position of an indexing expression: a number, a range, a tensor, an ellipsis or a new axis.</summary>
    public struct TensorIndex
    {
        internal enum Kind
        {
            Slice,
            Single,
            Bool,
            Tensor,
            Ellipsis,
            None,
        }

        internal Kind kind;
        internal long? start;
        internal long? stop;
        internal long? step;
        internal Tensor? tensor;

        public static readonly TensorIndex Ellipsis = new() { kind = Kind.Ellipsis };
        public static readonly TensorIndex None = new() { kind = Kind.None };
        public static readonly TensorIndex Null = None;
        public static readonly TensorIndex Colon = Slice();

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) =>
            new()
            {
                kind = Kind.Slice,
                start = start,
                stop = stop,
                step = step,
            };

        public static TensorIndex Slice(Range range) =>
            Slice(
                range.Start.IsFromEnd ? -range.Start.Value : range.Start.Value,
                range.End.IsFromEnd
                    ? range.End.Value == 0
                        ? null
                        : -range.End.Value
                    : range.End.Value
            );

        public static TensorIndex Single(long? index) => new() { kind = Kind.Single, start = index };

        public static TensorIndex Bool(bool value) => new() { kind = Kind.Bool, start = value ? 1 : 0 };

        public static TensorIndex Tensor(Tensor tensor) => new() { kind = Kind.Tensor, tensor = tensor };

        public static implicit operator TensorIndex(long value) => Single(value);

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static implicit operator TensorIndex(Index index) =>
            Single(index.IsFromEnd ? -index.Value : index.Value);
    }

    public partial class Tensor
    {
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        public Tensor index(params TensorIndex[] indices)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor found = Applied(indices, out Tensor view, out Tensor?[] tensors)
                ? Ops.One("aten::index.Tensor", view, Arg.OptionalList(tensors))
                : view;
            return found.MoveToOuterDisposeScope();
        }

        public Tensor index(params Tensor[] indices) => Ops.One("aten::index.Tensor", this, Arg.OptionalList(indices));

        public Tensor index_put_(Tensor value, params TensorIndex[] indices)
        {
            using DisposeScope scope = NewDisposeScope();
            if (Applied(indices, out Tensor view, out Tensor?[] tensors))
                Ops.InPlace("aten::index_put_", view, Arg.OptionalList(tensors), value);
            else
                view.copy_(value);
            return this;
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, indices, false);

        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) =>
            Ops.InPlace("aten::index_put_", this, Arg.OptionalList(indices), value, accumulate);

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            using Tensor filled = full([], value, dtype, device);
            return index_put_(filled, indices);
        }

        // Numbers, ranges and new axes make a view, axis by axis; tensors are left for one gathering at the end,
        // as Python's indexing does. True where there are any.
        private bool Applied(TensorIndex[] indices, out Tensor view, out Tensor?[] tensors)
        {
            int consumed = indices.Sum(Consumed);
            List<Tensor?> gathered = [];
            view = alias();
            foreach (TensorIndex index in indices)
            {
                long axis = gathered.Count;
                switch (index.kind)
                {
                    case TensorIndex.Kind.Single:
                        view = view.select(axis, index.start!.Value);
                        break;
                    case TensorIndex.Kind.Slice:
                        view = Ops.One("aten::slice.Tensor", view, axis, index.start, index.stop, index.step ?? 1L);
                        gathered.Add(null);
                        break;
                    case TensorIndex.Kind.None:
                        view = view.unsqueeze(axis);
                        gathered.Add(null);
                        break;
                    case TensorIndex.Kind.Bool:
                        view = view.unsqueeze(axis);
                        gathered.Add(full([1], index.start != 0, ScalarType.Bool, device));
                        break;
                    case TensorIndex.Kind.Ellipsis:
                        gathered.AddRange(new Tensor?[dim() - consumed]);
                        break;
                    case TensorIndex.Kind.Tensor:
                        gathered.Add(index.tensor);
                        if (index.tensor!.dtype == ScalarType.Bool)
                            gathered.AddRange(new Tensor?[index.tensor.dim() - 1]);
                        break;
                }
            }

            tensors = [.. Compact(gathered)];
            return gathered.Any(tensor => tensor is not null);
        }

        private static int Consumed(TensorIndex index) =>
            index.kind switch
            {
                TensorIndex.Kind.Single or TensorIndex.Kind.Slice => 1,
                TensorIndex.Kind.Tensor => index.tensor!.dtype == ScalarType.Bool ? (int)index.tensor.dim() : 1,
                _ => 0,
            };

        // A mask of several dimensions takes one place in aten's list, not one for each.
        private static IEnumerable<Tensor?> Compact(List<Tensor?> gathered)
        {
            for (int i = 0; i < gathered.Count; i++)
            {
                yield return gathered[i];
                if (gathered[i] is { } mask && mask.dtype == ScalarType.Bool)
                    i += (int)mask.dim() - 1;
            }
        }
    }
}
