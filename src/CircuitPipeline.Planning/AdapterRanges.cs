namespace CircuitPipeline.Planning;

/// <summary>The numbers that adapters may have, wherever they are given.</summary>
public static class AdapterRanges
{
    /// <summary>The least alpha / rank.</summary>
    public const double MinAlphaOverRank = 1e-3;

    /// <summary>The greatest alpha / rank.</summary>
    public const double MaxAlphaOverRank = 1e3;

    /// <summary>The greatest rank; a model's width may allow less.</summary>
    public const int MaxRank = 4096;

    /// <summary>The most critical layers.</summary>
    public const int MaxCriticalLayers = 1024;
}
