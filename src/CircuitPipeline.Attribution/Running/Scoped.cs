using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.Attribution.Running;

/// <summary>Work of which only the results stay: what it makes on the way is freed at its end, and not with the batch.</summary>
internal static class Scoped
{
    internal static Tensor Of(Func<Tensor> work)
    {
        using DisposeScope scope = NewDisposeScope();
        return work().MoveToOuterDisposeScope();
    }

    internal static Tensor[] Of(Func<Tensor[]> work)
    {
        using DisposeScope scope = NewDisposeScope();
        return [.. work().Select(result => result.MoveToOuterDisposeScope())];
    }

    /// <summary>The same for a step of a chain: what it starts from, a tensor of the scope around, is freed too.</summary>
    internal static Tensor After(Tensor before, Func<Tensor, Tensor> work)
    {
        using DisposeScope scope = NewDisposeScope();
        before.MoveToOtherDisposeScope(scope);
        return work(before).MoveToOuterDisposeScope();
    }
}
