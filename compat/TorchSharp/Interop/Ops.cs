using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

/// <summary>Calls ATen operators by their schema name, <c>aten::name</c> or <c>aten::name.overload</c>.</summary>
internal static unsafe class Ops
{
    private const int StackWords = 256;

    private static readonly ConcurrentDictionary<string, IntPtr> Handles = new(StringComparer.Ordinal);

    /// <summary>Whether this libtorch has the operator.</summary>
    internal static bool Has(string name) => Handles.GetOrAdd(name, Find) != IntPtr.Zero;

    /// <summary>Calls an operator with one tensor as its result.</summary>
    internal static Tensor One(string name, params ReadOnlySpan<Arg> arguments)
    {
        NativeValue* results = Invoke(name, arguments, out _);
        return new Tensor(results[0].Pointer);
    }

    /// <summary>Calls an operator that changes its first argument, and returns that argument itself, not an alias.</summary>
    internal static Tensor InPlace(string name, params ReadOnlySpan<Arg> arguments)
    {
        NativeValue* results = Invoke(name, arguments, out _);
        Native.Release(results[0].Pointer);
        return (Tensor)arguments[0].Reference!;
    }

    /// <summary>Calls an operator with two tensors as its results.</summary>
    internal static (Tensor, Tensor) Two(string name, params ReadOnlySpan<Arg> arguments)
    {
        NativeValue* results = Invoke(name, arguments, out _);
        (IntPtr first, IntPtr second) = (results[0].Pointer, results[1].Pointer);
        return (new Tensor(first), new Tensor(second));
    }

    /// <summary>Calls an operator with several tensors, or a list of them, as its results.</summary>
    internal static Tensor[] Many(string name, params ReadOnlySpan<Arg> arguments)
    {
        NativeValue* results = Invoke(name, arguments, out int count);
        Span<IntPtr> handles = count <= 64 ? stackalloc IntPtr[count] : new IntPtr[count];
        for (int i = 0; i < count; i++)
            handles[i] = results[i].Pointer;
        Tensor[] tensors = new Tensor[count];
        for (int i = 0; i < count; i++)
            tensors[i] = new Tensor(handles[i]);
        return tensors;
    }

    /// <summary>Calls an operator whose result is a number or a truth value.</summary>
    internal static NativeValue Number(string name, params ReadOnlySpan<Arg> arguments) =>
        Invoke(name, arguments, out _)[0];

    [SkipLocalsInit]
    private static NativeValue* Invoke(string name, ReadOnlySpan<Arg> arguments, out int count)
    {
        IntPtr operation = Handles.GetOrAdd(name, Find);
        if (operation == IntPtr.Zero)
            throw new ExternalException($"This libtorch ({torch.__version__}) has no operator '{name}'.");

        int words = 0;
        foreach (ref readonly Arg argument in arguments)
            words += argument.Words;
        NativeValue* values = stackalloc NativeValue[arguments.Length];
        long* onStack = stackalloc long[StackWords];
        fixed (long* onHeap = words > StackWords ? new long[words] : null)
        {
            Lay(arguments, values, words > StackWords ? onHeap : onStack);
            NativeValue* results;
            count = Native.Call(operation, values, arguments.Length, &results);
            foreach (ref readonly Arg argument in arguments)
                GC.KeepAlive(argument.Reference);
            return count < 0 ? throw Native.Failure() : results;
        }
    }

    private static void Lay(ReadOnlySpan<Arg> arguments, NativeValue* values, long* scratch)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            ref readonly Arg argument = ref arguments[i];
            values[i] = new NativeValue
            {
                Kind = (int)argument.Kind,
                Length = argument.Length,
                Integer = argument.Bits,
            };
            if (argument.Words == 0)
                continue;
            values[i].Pointer = (IntPtr)scratch;
            Copy(argument, new Span<long>(scratch, argument.Words));
            scratch += argument.Words;
        }
    }

    private static void Copy(in Arg argument, Span<long> words)
    {
        switch (argument.Reference)
        {
            case long[] numbers:
                numbers.CopyTo(words);
                break;
            case byte[] text:
                text.CopyTo(MemoryMarshal.AsBytes(words));
                break;
            case Tensor?[] tensors:
                for (int i = 0; i < tensors.Length; i++)
                    words[i] = tensors[i]?.Handle ?? IntPtr.Zero;
                break;
        }
    }

    private static IntPtr Find(string name)
    {
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        string overload = dot < 0 ? "" : name[(dot + 1)..];
        fixed (byte* namePointer = System.Text.Encoding.UTF8.GetBytes((dot < 0 ? name : name[..dot]) + '\0'))
        fixed (byte* overloadPointer = System.Text.Encoding.UTF8.GetBytes(overload + '\0'))
            return Native.FindOperator(namePointer, overloadPointer);
    }
}
