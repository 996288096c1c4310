using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Interop;

internal enum ArgKind
{
    None,
    Tensor,
    Int,
    Double,
    Bool,
    IntList,
    DoubleList,
    BoolList,
    TensorList,
    OptionalTensorList,
    String,
    Device,
    Generator,
    Default,
}

/// <summary>One value as the native side lays it out.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct NativeValue
{
    [FieldOffset(0)]
    internal int Kind;

    [FieldOffset(4)]
    internal int Length;

    [FieldOffset(8)]
    internal long Integer;

    [FieldOffset(8)]
    internal double Real;

    [FieldOffset(8)]
    internal IntPtr Pointer;
}

/// <summary>An argument of an operator, converted from the C# value that is passed.</summary>
internal readonly struct Arg
{
    internal readonly ArgKind Kind;
    internal readonly int Length;
    internal readonly long Bits;
    internal readonly object? Reference;

    private Arg(ArgKind kind, long bits = 0, int length = 0, object? reference = null) =>
        (Kind, Bits, Length, Reference) = (kind, bits, length, reference);

    internal static readonly Arg None = new(ArgKind.None);
    internal static readonly Arg Default = new(ArgKind.Default);

    public static implicit operator Arg(Tensor? tensor) =>
        tensor is null ? None : new(ArgKind.Tensor, tensor.Handle, 0, tensor);

    public static implicit operator Arg(long value) => new(ArgKind.Int, value);

    public static implicit operator Arg(long? value) => value is { } given ? new(ArgKind.Int, given) : None;

    public static implicit operator Arg(double value) => new(ArgKind.Double, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator Arg(double? value) => value is { } given ? (Arg)given : None;

    public static implicit operator Arg(bool value) => new(ArgKind.Bool, value ? 1 : 0);

    public static implicit operator Arg(Scalar? value) =>
        value is null ? None
        : value.Type == ScalarType.Bool ? new Arg(ArgKind.Bool, value.Integer)
        : value.IsReal ? (Arg)value.Real
        : (Arg)value.Integer;

    public static implicit operator Arg(ScalarType? type) => type is { } given ? new(ArgKind.Int, (long)given) : None;

    public static implicit operator Arg(ScalarType type) => new(ArgKind.Int, (long)type);

    public static implicit operator Arg(Device? device) =>
        device is null ? None : new(ArgKind.Device, (long)device.type, device.index);

    public static implicit operator Arg(Generator? generator) =>
        generator is null ? None : new(ArgKind.Generator, generator.Handle, 0, generator);

    public static implicit operator Arg(long[]? values) =>
        values is null ? None : new(ArgKind.IntList, 0, values.Length, values);

    public static implicit operator Arg(string? text)
    {
        if (text is null)
            return None;
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        return new Arg(ArgKind.String, 0, bytes.Length, bytes);
    }

    internal static Arg List(IReadOnlyList<Tensor> tensors) =>
        new(ArgKind.TensorList, 0, tensors.Count, tensors.ToArray());

    internal static Arg OptionalList(Tensor?[] tensors) => new(ArgKind.OptionalTensorList, 0, tensors.Length, tensors);

    /// <summary>How many 8-byte words of scratch memory its list or text needs.</summary>
    internal int Words =>
        Kind switch
        {
            ArgKind.IntList or ArgKind.TensorList or ArgKind.OptionalTensorList => Length,
            ArgKind.String => (Length + 7) / 8,
            _ => 0,
        };
}
