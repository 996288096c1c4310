using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace CircuitPipeline.Prompts;

/// <summary>Chance that gives the same draws for the same seed on every machine and with every version of .NET.</summary>
/// <remarks>
/// The generator is xoshiro256** (Blackman and Vigna 2021, arXiv:1805.01407). Its state is SHA-256 of a key; the key of a
/// seed is SHA-256 of its eight bytes behind a fixed text, that of a derived stream SHA-256 of the parent's key and the
/// stream's name. So a derived stream does not depend on what was drawn before it, from its parent or from its siblings.
/// </remarks>
public sealed class SeededRandom
{
    private readonly byte[] _key;
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <summary>Starts the stream of a seed.</summary>
    /// <param name="seed">Any number.</param>
    public SeededRandom(long seed)
        : this(KeyOf(seed)) { }

    private SeededRandom(byte[] key)
    {
        _key = key;
        byte[] state = SHA256.HashData(key);
        _a = BinaryPrimitives.ReadUInt64LittleEndian(state);
        _b = BinaryPrimitives.ReadUInt64LittleEndian(state.AsSpan(8));
        _c = BinaryPrimitives.ReadUInt64LittleEndian(state.AsSpan(16));
        _d = BinaryPrimitives.ReadUInt64LittleEndian(state.AsSpan(24));
    }

    /// <summary>Starts an independent stream.</summary>
    /// <param name="name">The stream's name; the same name gives the same stream.</param>
    /// <returns>A generator whose draws depend on this one's seed and name path only.</returns>
    public SeededRandom Derive(string name) => new(SHA256.HashData([.. _key, .. Encoding.UTF8.GetBytes(name)]));

    /// <summary>Draws 64 random bits.</summary>
    /// <returns>A number from 0 to 2⁶⁴ - 1.</returns>
    public ulong NextBits()
    {
        ulong result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        ulong shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>Draws a whole number, each equally often.</summary>
    /// <param name="low">The lowest.</param>
    /// <param name="high">The highest, at least <paramref name="low"/>.</param>
    /// <returns>A number from <paramref name="low"/> to <paramref name="high"/>.</returns>
    public int Between(int low, int high)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(high, low);
        // The product's high half is the draw; low halves that would make some numbers likelier are drawn again.
        ulong range = (ulong)((long)high - low) + 1;
        ulong unfair = (0 - range) % range;
        ulong draw,
            rest;
        do
        {
            draw = Math.BigMul(NextBits(), range, out rest);
        } while (rest < unfair);
        return (int)(low + (long)draw);
    }

    /// <summary>Draws a whole number, each but one equally often.</summary>
    /// <param name="low">The lowest.</param>
    /// <param name="high">The highest.</param>
    /// <param name="but">The number that is not drawn; outside of the others it does not matter.</param>
    /// <returns>A number from <paramref name="low"/> to <paramref name="high"/>; one of them must be left.</returns>
    internal int BetweenBut(int low, int high, int but)
    {
        if (but < low || but > high)
        {
            return Between(low, high);
        }
        int drawn = Between(low, high - 1);
        return drawn >= but ? drawn + 1 : drawn;
    }

    /// <summary>Draws a real number.</summary>
    /// <returns>A multiple of 2⁻⁵³ from 0 to below 1.</returns>
    public double NextShare() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Tosses a fair coin.</summary>
    /// <returns>True or false, equally often.</returns>
    public bool NextCoin() => NextBits() >> 63 == 1;

    /// <summary>Draws one of several values, each equally often.</summary>
    /// <param name="values">At least one value.</param>
    /// <typeparam name="T">The values' type.</typeparam>
    /// <returns>One of them.</returns>
    public T Pick<T>(ReadOnlySpan<T> values) => values[Between(0, values.Length - 1)];

    /// <summary>Brings values into a random order, each order equally likely (Fisher and Yates).</summary>
    /// <param name="values">The values.</param>
    /// <typeparam name="T">The values' type.</typeparam>
    /// <returns>A new array with the same values.</returns>
    public T[] Shuffled<T>(IEnumerable<T> values)
    {
        T[] order = [.. values];
        for (int last = order.Length - 1; last > 0; last--)
        {
            int other = Between(0, last);
            (order[last], order[other]) = (order[other], order[last]);
        }
        return order;
    }

    private static byte[] KeyOf(long seed)
    {
        Span<byte> text = [.. "CircuitPipeline seed 1 "u8, .. new byte[8]];
        BinaryPrimitives.WriteInt64LittleEndian(text[^8..], seed);
        return SHA256.HashData(text);
    }
}
