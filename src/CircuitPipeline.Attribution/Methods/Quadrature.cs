using System.Diagnostics;

namespace CircuitPipeline.Attribution.Methods;

/// <summary>Where on the path from corrupted to clean the gradients are taken.</summary>
public enum Quadrature
{
    /// <summary>k / steps for k = 0 … steps - 1: the corrupted end and not the clean one (EAP-IG 2.0).</summary>
    Left,

    /// <summary>k / steps for k = 1 … steps: the clean end and not the corrupted one (the code of arXiv:2502.11812).</summary>
    Right,

    /// <summary>(k + 1/2) / steps for k = 0 … steps - 1.</summary>
    Midpoint,
}

/// <summary>The points of a quadrature.</summary>
internal static class QuadraturePoints
{
    internal static double[] Points(this Quadrature quadrature, int steps)
    {
        double first = quadrature switch
        {
            Quadrature.Left => 0,
            Quadrature.Right => 1,
            Quadrature.Midpoint => 0.5,
            _ => throw new UnreachableException(),
        };
        return [.. Enumerable.Range(0, steps).Select(k => (k + first) / steps)];
    }
}
