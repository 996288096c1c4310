namespace VerifyTests;

/// <summary>Decides whether two texts that are not equal count as equal.</summary>
public delegate Task<CompareResult> StringCompare(
    string received,
    string verified,
    IReadOnlyDictionary<string, object> context
);
