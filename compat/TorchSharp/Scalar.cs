namespace TorchSharp;

/// <summary>A number with its kind, as operators take it beside tensors.</summary>
public sealed class Scalar : IDisposable
{
    internal readonly long Integer;
    internal readonly double Real;

    private Scalar(long value, torch.ScalarType type) => (Integer, Real, Type) = (value, value, type);

    private Scalar(double value, torch.ScalarType type) => (Integer, Real, Type) = ((long)value, value, type);

    public torch.ScalarType Type { get; }

    internal bool IsReal => torch.is_floating_point(Type);

    public static implicit operator Scalar(byte value) => new((long)value, torch.ScalarType.Byte);

    public static implicit operator Scalar(int value) => new((long)value, torch.ScalarType.Int32);

    public static implicit operator Scalar(long value) => new(value, torch.ScalarType.Int64);

    public static implicit operator Scalar(float value) => new((double)value, torch.ScalarType.Float32);

    public static implicit operator Scalar(double value) => new(value, torch.ScalarType.Float64);

    public static implicit operator Scalar(bool value) => new(value ? 1L : 0L, torch.ScalarType.Bool);

    /// <summary>Nothing native is held; the original's is.</summary>
    public void Dispose() { }
}

public static class ScalarExtensionMethods
{
    public static float ToSingle(this Scalar value) => (float)value.Real;

    public static double ToDouble(this Scalar value) => value.Real;

    public static int ToInt32(this Scalar value) => (int)value.Integer;

    public static long ToInt64(this Scalar value) => value.Integer;

    public static bool ToBoolean(this Scalar value) => value.Integer != 0;
}
