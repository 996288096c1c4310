namespace CircuitPipeline.Tests.Store;

/// <summary>Damages bytes as disks, editors and merges do; the same seed always does the same.</summary>
internal static class Mutation
{
    private static readonly byte[][] Insertions =
    [
        "null"u8.ToArray(),
        "\""u8.ToArray(),
        "{"u8.ToArray(),
        "]"u8.ToArray(),
        "1e999"u8.ToArray(),
        "-1"u8.ToArray(),
        "\\ud800"u8.ToArray(),
        "\n<<<<<<< HEAD\n"u8.ToArray(),
        [0xff, 0xfe],
        [0],
        [.. Enumerable.Repeat((byte)'[', 5000)],
    ];

    public static byte[] Of(byte[] bytes, int seed)
    {
        var random = new Random(seed);
        int at = random.Next(bytes.Length);
        int end = Math.Min(bytes.Length, at + 1 + random.Next(40));
        byte[] insertion = Insertions[random.Next(Insertions.Length)];
        byte[] damaged = [.. bytes];
        switch (random.Next(6))
        {
            case 0:
                damaged[at] ^= (byte)(1 << random.Next(8));
                return damaged;
            case 1:
                return bytes[..at];
            case 2:
                return [.. bytes[..at], .. bytes[end..]];
            case 3:
                return [.. bytes[..at], .. insertion, .. bytes[at..]];
            case 4:
                return [.. bytes[..at], .. insertion, .. bytes[end..]];
            default:
                damaged.AsSpan(at, end - at).Clear();
                return damaged;
        }
    }
}
