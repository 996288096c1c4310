using System.Text.Json;

namespace CircuitPipeline.Study.Artifacts;

/// <summary>Which prompts of the test split were answered rightly, in the split's order: what methods are paired by.</summary>
/// <param name="TrainedParameters">Number of parameters that were trained.</param>
/// <param name="Right">One value per prompt.</param>
internal sealed record TestAnswers(long TrainedParameters, bool[] Right)
{
    /// <summary>The file's bytes, the same for the same answers.</summary>
    internal byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(new Stored(TrainedParameters, Digits(Right)));

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    internal static TestAnswers Read(string path)
    {
        Stored stored = JsonSerializer.Deserialize<Stored>(File.ReadAllBytes(path))!;
        return new TestAnswers(stored.TrainedParameters, [.. stored.Right.Select(digit => digit == '1')]);
    }

    private static string Digits(bool[] right) => string.Concat(right.Select(isRight => isRight ? '1' : '0'));

    private sealed record Stored(long TrainedParameters, string Right);
}
