/// <summary>The snapshot is new, or is not what was accepted.</summary>
internal sealed class VerifyException(string message) : Exception(message)
{
    /// <summary>None: the message says all, and the lines of the test runner are in nobody's way.</summary>
    public override string StackTrace => "";
}
