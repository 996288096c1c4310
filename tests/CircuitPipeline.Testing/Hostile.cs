using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace CircuitPipeline.Testing;

/// <summary>Shows that a reader survives damaged files: each is read, or refused as the reader says, in little time and memory.</summary>
public static class Hostile
{
    /// <summary>An environment variable that asks for more copies per reader than the usual 500: a longer run by hand.</summary>
    public const string Variable = "CIRCUITPIPELINE_MUTATIONS";

    /// <summary>One sentence on one line.</summary>
    public const string Sentence = @"\A[^\r\n\u2028]+\.\z";

    private const long SpareBytes = 64 << 20;
    private const int BytesPerByte = 64;

    // Ten thousand times what a copy takes, for machines that are busy.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>How many damaged copies are read.</summary>
    public static int Copies =>
        int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out int count)
            ? count
            : 500;

    /// <summary>Reads damaged copies; what is thrown is the reader's own exception with such a message, and some copies are refused.</summary>
    /// <returns>How many of the <see cref="Copies"/> were refused.</returns>
    public static int Refuses<TException>(byte[] original, int seed, Action<byte[]> read, string message = Sentence)
        where TException : Exception =>
        Survives(original, seed, copy => Refused<TException>(() => read(copy), message) is not null);

    /// <summary>Reads damaged copies with a reader that tells by its answer whether it refused one, and refuses some.</summary>
    /// <returns>How many of the <see cref="Copies"/> were refused.</returns>
    public static int Survives(byte[] original, int seed, Func<byte[], bool> isRefused)
    {
        int refused = 0;
        Watched(
            Mutations.Of(original, Copies, seed),
            copy => refused += Bounded(copy.Length, () => isRefused(copy)) ? 1 : 0
        );
        Assert.True(refused >= Copies / 10, $"Only {refused} of {Copies} damaged copies were refused.");
        return refused;
    }

    /// <summary>The message with which one hostile input is refused, in little time and memory.</summary>
    public static string Refusal<TException>(long bytes, Action read)
        where TException : Exception
    {
        string? message = null;
        Watched([bytes], size => message = Bounded(size, () => Refused<TException>(read, Sentence)));
        return message ?? throw new InvalidOperationException("The input was read, but should be refused.");
    }

    private static string? Refused<TException>(Action read, string message)
        where TException : Exception
    {
        try
        {
            read();
            return null;
        }
        catch (TException refusal)
        {
            Assert.Matches(new Regex(message, RegexOptions.CultureInvariant), refusal.Message);
            Assert.InRange(refusal.Message.Length, 1, 20_000);
            return refusal.Message;
        }
    }

    private static T Bounded<T>(long bytes, Func<T> read)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        T result = read();
        long taken = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.InRange(taken, 0, SpareBytes + BytesPerByte * Math.Min(bytes, SpareBytes));
        return result;
    }

    // On a thread of its own, so that a reader that hangs fails the test and does not hang the run.
    private static void Watched<T>(IEnumerable<T> inputs, Action<T> read)
    {
        (int done, Exception? error) = (0, null);
        Thread reader = new(() =>
        {
            try
            {
                foreach (T input in inputs)
                {
                    read(input);
                    Interlocked.Increment(ref done);
                }
            }
            catch (Exception caught)
            {
                error = caught;
            }
        })
        {
            IsBackground = true,
        };
        reader.Start();
        for (int seen = -1; !reader.Join(Patience); seen = Volatile.Read(ref done))
        {
            Assert.True(seen != Volatile.Read(ref done), $"Input {done + 1} is not read after {Patience}.");
        }

        Assert.True(error is null, $"Input {done + 1}: {error}");
    }
}
