using System.Runtime.InteropServices;
using TorchSharp.Interop;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A multi-dimensional array of one element type on one device; mirrors TorchSharp's class.</summary>
    public unsafe partial class Tensor : IDisposable
    {
        private static long totalCount;
        private static long peakCount;

        private IntPtr handle;

        internal Tensor(IntPtr handle)
            : this(handle, isRegistered: true) { }

        internal Tensor(IntPtr handle, bool isRegistered)
        {
            this.handle = handle;
            if (handle == IntPtr.Zero)
            {
                GC.SuppressFinalize(this);
                return;
            }

            long total = Interlocked.Increment(ref totalCount);
            for (long peak = peakCount; total > peak; peak = peakCount)
                Interlocked.CompareExchange(ref peakCount, total, peak);
            if (isRegistered)
                DisposeScope.Current?.Attach(this);
        }

        ~Tensor() => ReleaseHandle();

        internal DisposeScope? OwningDisposeScope { get; set; }

        /// <summary>How many tensors are alive in this process.</summary>
        public static long TotalCount => Interlocked.Read(ref totalCount);

        public static long PeakCount => Interlocked.Read(ref peakCount);

        public IntPtr Handle =>
            handle == IntPtr.Zero ? throw new InvalidOperationException("Tensor invalid -- empty handle.") : handle;

        public bool IsInvalid => handle == IntPtr.Zero;

        public void Dispose()
        {
            OwningDisposeScope?.MarkAsDisposed(this);
            OwningDisposeScope = null;
            ReleaseHandle();
            GC.SuppressFinalize(this);
        }

        private void ReleaseHandle()
        {
            IntPtr released = Interlocked.Exchange(ref handle, IntPtr.Zero);
            if (released == IntPtr.Zero)
                return;
            Native.Release(released);
            Interlocked.Decrement(ref totalCount);
        }

        /// <summary>Empties this tensor and hands its native reference to another object.</summary>
        internal IntPtr MoveHandle()
        {
            IntPtr moved = Interlocked.Exchange(ref handle, IntPtr.Zero);
            Interlocked.Decrement(ref totalCount);
            GC.SuppressFinalize(this);
            return moved;
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningDisposeScope?.Detach(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is { } owner)
                owner.MoveToOther(other, this);
            else
                other?.Attach(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        // A getter may be the last use of this tensor: it must not be finalized before the native side has answered.
        private int Ask(delegate* unmanaged<IntPtr, int> question)
        {
            int answer = question(Handle);
            GC.KeepAlive(this);
            return answer;
        }

        private long Ask(delegate* unmanaged<IntPtr, long> question)
        {
            long answer = question(Handle);
            GC.KeepAlive(this);
            return answer;
        }

        private long[] Ask(delegate* unmanaged<IntPtr, long*, void> question)
        {
            long[] answers = new long[dim()];
            fixed (long* pointer = answers)
                question(Handle, pointer);
            GC.KeepAlive(this);
            return answers;
        }

        private void Tell(int status)
        {
            GC.KeepAlive(this);
            Native.Check(status);
        }

        public long dim() => Ask(Native.Dim);

        public long ndim => dim();

        public long Dimensions => dim();

        public long numel() => Ask(Native.Numel);

        public long NumberOfElements => numel();

        public long ElementSize => Ask(Native.ElementSize);

        public long element_size() => ElementSize;

        public long[] shape => Ask(Native.Sizes);

        public long[] size() => shape;

        public long size(int dim)
        {
            long[] sizes = shape;
            int index = dim < 0 ? dim + sizes.Length : dim;
            return index >= 0 && index < sizes.Length
                ? sizes[index]
                : throw new ArgumentOutOfRangeException(
                    nameof(dim),
                    $"'{dim}' for a tensor of {sizes.Length} dimensions."
                );
        }

        public long[] stride() => Ask(Native.Strides);

        public ScalarType dtype => (ScalarType)Ask(Native.Dtype);

        public Device device => new(device_type, device_index);

        public DeviceType device_type => (DeviceType)Ask(Native.DeviceType);

        public int device_index => Ask(Native.DeviceIndex);

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_contiguous() => Ask(Native.IsContiguous) != 0;

        // ---- autograd

        public bool requires_grad
        {
            get => Ask(Native.RequiresGrad) != 0;
            set => Tell(Native.SetRequiresGrad(Handle, value ? 1 : 0));
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        public bool is_leaf => Ask(Native.IsLeaf) != 0;

        public void retain_grad() => Tell(Native.RetainGrad(Handle));

        public Tensor? grad
        {
            get
            {
                IntPtr gradient = Native.Grad(Handle);
                GC.KeepAlive(this);
                return gradient == IntPtr.Zero ? null : new Tensor(gradient);
            }
            set
            {
                Tell(Native.SetGrad(Handle, value?.Handle ?? IntPtr.Zero));
                GC.KeepAlive(value);
            }
        }

        public void backward() => autograd.backward(this);

        public void backward(
            IList<Tensor>? grad_tensors = null,
            bool retain_graph = false,
            bool create_graph = false,
            IList<Tensor>? inputs = null
        ) => autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);

        public Tensor detach() => Ops.One("aten::detach", this);

        // ---- bytes

        /// <summary>The elements of a contiguous CPU tensor, in place.</summary>
        public Span<byte> bytes
        {
            get
            {
                if (!is_contiguous())
                    throw new InvalidOperationException("Bytes() called on non-contiguous tensor.");
                return CpuMemory(numel());
            }
            set
            {
                if (!is_contiguous())
                    throw new InvalidOperationException("SetBytes() called on non-contiguous tensor.");
                Span<byte> own = CpuMemory(numel());
                if (value.Length != own.Length)
                    throw new ArgumentException($"{value.Length} bytes were given for a tensor of {own.Length} bytes.");
                value.CopyTo(own);
                GC.KeepAlive(this);
            }
        }

        internal Span<byte> CpuMemory(long elements)
        {
            if (device_type != DeviceType.CPU)
                throw new InvalidOperationException(
                    "Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading."
                );
            long length = checked(elements * ElementSize);
            if (length > int.MaxValue)
                throw new InvalidOperationException($"A span cannot cover {length} bytes; read the tensor in parts.");
            return new Span<byte>((void*)(elements == 0 ? IntPtr.Zero : Native.DataPointer(Handle)), (int)length);
        }

        public TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            CheckElementType<T>();
            _ = CpuMemory(0);
            return new TensorAccessor<T>(this);
        }

        public T item<T>()
            where T : unmanaged
        {
            if (numel() != 1)
                throw new ArgumentException("Number of elements in the tensor must be 1");
            CheckElementType<T>();
            T element = MemoryMarshal.Read<T>(CpuMemory(1));
            GC.KeepAlive(this);
            return element;
        }

        public Scalar ToScalar()
        {
            NativeValue value = Ops.Number("aten::_local_scalar_dense", this);
            return (ArgKind)value.Kind switch
            {
                ArgKind.Double => value.Real,
                ArgKind.Bool => value.Integer != 0,
                _ => value.Integer,
            };
        }

        private void CheckElementType<T>()
        {
            ScalarType? expected = Factory.TypeOf<T>();
            if (expected != dtype)
                throw new ArgumentException($"{typeof(T).Name} is not compatible with {dtype}");
        }

        public override string ToString() =>
            IsInvalid ? "Uninitialized Tensor" : $"[{string.Join('x', shape)}], type = {dtype}, device = {device}";
    }
}
