using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.Tensors;

/// <summary>
/// Holds every tensor that is made while it is open, so that none is freed while a native call reads it; then hands all of them
/// to the dispose scope around it, or to the collector where there is none. For public members whose callers may have no scope.
/// </summary>
public sealed class HeldTensors : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    /// <inheritdoc/>
    public void Dispose()
    {
        _scope.MoveToOuter(_scope.DisposablesView);
        _scope.Dispose();
    }
}
