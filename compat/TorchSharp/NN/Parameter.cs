using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>A tensor that a module owns and an optimiser changes.</summary>
    public class Parameter : Tensor
    {
        /// <param name="data">Becomes empty: its memory is this parameter's from now on.</param>
        /// <param name="requires_grad">Whether gradients are recorded for it.</param>
        public Parameter(Tensor data, bool requires_grad = true)
            : this(data, data.OwningDisposeScope, requires_grad) { }

        private Parameter(Tensor data, DisposeScope? scope, bool requires_grad)
            : base(data.with_requires_grad(requires_grad).MoveHandle(), isRegistered: false)
        {
            if (scope is null)
                return;
            scope.MarkAsDisposed(data);
            data.OwningDisposeScope = null;
            scope.Attach(this);
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Parameter Parameter(Tensor data, bool requires_grad = true) =>
                new(data, requires_grad);
        }
    }
}
