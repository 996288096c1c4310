using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.Tensors.Calls;

/// <summary>
/// Holds every tensor that is made while it is open, so that none is freed while a native call reads it, and lets go of them
/// afterwards. For public members whose callers may have opened no dispose scope, which does the same.
/// </summary>
public sealed class HeldTensors : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    private HeldTensors() { }

    private static long MadeOutside => DisposeScopeManager.Statistics.TensorStatistics.CreatedOutsideScopeCount;

    /// <summary>Opens one unless the thread has a dispose scope, which then gets the tensors as if this were not here.</summary>
    /// <param name="tensor">Any tensor that the caller holds.</param>
    /// <returns>Null in a dispose scope.</returns>
    public static HeldTensors? OutsideScopes(Tensor tensor)
    {
        // TorchSharp shows no current scope, but counts the tensors that are made in none.
        long before = MadeOutside;
        tensor.alias().Dispose();
        return MadeOutside == before ? null : new HeldTensors();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _scope.Detach(_scope.DisposablesView);
        _scope.Dispose();
    }
}
