namespace VerifyTests;

/// <summary>Whether a scrubber runs before or after those that were added earlier.</summary>
public enum ScrubberLocation
{
    First,
    Last,
}
