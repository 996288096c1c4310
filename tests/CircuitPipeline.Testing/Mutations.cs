using System.Runtime.InteropServices;
using System.Text;

namespace CircuitPipeline.Testing;

/// <summary>Copies of a file, damaged as disks, editors and merges do; the same ones at every run.</summary>
public static class Mutations
{
    private static readonly byte[] Telling = [.. "{}[]\",:0-9eE.\\u\n\r\t null<>"u8, 0x00, 0x80, 0xC3, 0xEF, 0xFF];

    private static readonly byte[][] Insertions =
    [
        .. ((string[])["null", "\"", "{", "]", "1e999", "-1", "\\ud800", "\\n", "\\u2028", "\n<<<<<<< HEAD\n"]).Select(
            Encoding.UTF8.GetBytes
        ),
        .. ((string[])["[", "{\"a\":", "9", "(", ","]).Select(part =>
            Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(part, 5000)))
        ),
    ];

    public static IEnumerable<byte[]> Of(byte[] original, int count, int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < count; i++)
        {
            List<byte> bytes = new(original);
            for (int strokes = random.Next(1, 4); strokes > 0; strokes--)
            {
                Damage(bytes, random);
            }
            yield return [.. bytes];
        }
    }

    private static void Damage(List<byte> bytes, Random random)
    {
        int at = random.Next(bytes.Count + 1);
        int length = Math.Min(random.Next(1, 40), bytes.Count - at);
        switch (random.Next(8))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = Telling[random.Next(Telling.Length)];
                break;
            case 2:
                bytes.Insert(at, Telling[random.Next(Telling.Length)]);
                break;
            case 3:
                bytes.RemoveRange(at, length);
                break;
            case 4:
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 5:
                bytes.InsertRange(at, Insertions[random.Next(Insertions.Length)]);
                break;
            case 6:
                CollectionsMarshal.AsSpan(bytes).Slice(at, length).Clear();
                break;
            default:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
        }
    }
}
