namespace VerifyTests;

/// <summary>Whether two texts count as equal, and if not, what the exception is to say in place of both texts.</summary>
public readonly struct CompareResult
{
    public static CompareResult Equal = new(true);

    public CompareResult(in bool isEqual)
        : this(isEqual, null) { }

    private CompareResult(bool isEqual, string? message) => (IsEqual, Message) = (isEqual, message);

    public bool IsEqual { get; }

    public string? Message { get; }

    public static CompareResult NotEqual(in string? message = null) => new(false, message);
}
