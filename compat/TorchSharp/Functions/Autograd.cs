using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>Switches the recording of gradients on this thread on or off until it is disposed.</summary>
internal sealed unsafe class AutoGradMode : IDisposable
{
    private readonly bool previous = IsEnabled;

    internal AutoGradMode(bool enabled) => Native.SetGradEnabled(enabled ? 1 : 0);

    internal static bool IsEnabled => Native.GradEnabled() != 0;

    public void Dispose() => Native.SetGradEnabled(previous ? 1 : 0);
}

public static partial class torch
{
    public static IDisposable no_grad() => new AutoGradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new AutoGradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new AutoGradMode(mode);

    public static bool is_grad_enabled() => AutoGradMode.IsEnabled;

    public static unsafe partial class autograd
    {
        public static IList<Tensor> grad(
            IList<Tensor> outputs,
            IList<Tensor> inputs,
            IList<Tensor>? grad_outputs = null,
            bool retain_graph = false,
            bool create_graph = false,
            bool allow_unused = false
        )
        {
            IntPtr[] outs = Handles(outputs);
            IntPtr[] ins = Handles(inputs);
            IntPtr[] gradients = Handles(grad_outputs);
            IntPtr[] results = new IntPtr[ins.Length];
            fixed (
                IntPtr* o = outs,
                    i = ins,
                    g = gradients,
                    r = results
            )
            {
                Native.Check(
                    Native.AutogradGrad(
                        o,
                        outs.Length,
                        i,
                        ins.Length,
                        g,
                        gradients.Length,
                        retain_graph || create_graph ? 1 : 0,
                        create_graph ? 1 : 0,
                        allow_unused ? 1 : 0,
                        r
                    )
                );
            }

            GC.KeepAlive((outputs, inputs, grad_outputs));
            return [.. results.Select(handle => new Tensor(handle))];
        }

        public static void backward(
            IList<Tensor> tensors,
            IList<Tensor>? grad_tensors = null,
            bool? retain_graph = null,
            bool create_graph = false,
            IList<Tensor>? inputs = null
        )
        {
            IntPtr[] outs = Handles(tensors);
            IntPtr[] gradients = Handles(grad_tensors);
            IntPtr[] ins = Handles(inputs);
            fixed (
                IntPtr* o = outs,
                    g = gradients,
                    i = ins
            )
            {
                Native.Check(
                    Native.Backward(
                        o,
                        outs.Length,
                        g,
                        gradients.Length,
                        retain_graph ?? create_graph ? 1 : 0,
                        create_graph ? 1 : 0,
                        i,
                        ins.Length
                    )
                );
            }

            GC.KeepAlive((tensors, grad_tensors, inputs));
        }

        public static void backward(
            Tensor tensor,
            IList<Tensor>? grad_tensors = null,
            bool? retain_graph = null,
            bool create_graph = false,
            IList<Tensor>? inputs = null
        ) => backward([tensor], grad_tensors, retain_graph, create_graph, inputs);

        private static IntPtr[] Handles(IList<Tensor>? tensors) =>
            tensors is null ? [] : [.. tensors.Select(tensor => tensor.Handle)];
    }
}
