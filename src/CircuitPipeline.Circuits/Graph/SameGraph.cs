namespace CircuitPipeline.Circuits;

/// <summary>Two circuits can be compared or merged only within one graph.</summary>
internal static class SameGraph
{
    public static void MustHold(ComputationGraph first, ComputationGraph second)
    {
        if (!first.HasShapeOf(second))
        {
            var next = first.HasNodesOf(second) ? "; collapse both to compare or merge them" : "";
            throw new ArgumentException(
                $"One circuit belongs to a graph of {first}, but the other to one of {second}{next}."
            );
        }
    }
}
