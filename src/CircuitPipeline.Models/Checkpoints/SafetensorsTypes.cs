using static TorchSharp.torch;

namespace CircuitPipeline.Models;

/// <summary>The element types of safetensors files that a checkpoint of ours can hold.</summary>
internal static class SafetensorsTypes
{
    private static readonly (string Name, ScalarType Type, int Bytes)[] Known =
    [
        ("F64", ScalarType.Float64, 8),
        ("F32", ScalarType.Float32, 4),
        ("F16", ScalarType.Float16, 2),
        ("BF16", ScalarType.BFloat16, 2),
        ("I64", ScalarType.Int64, 8),
        ("I32", ScalarType.Int32, 4),
        ("U8", ScalarType.Byte, 1),
        ("BOOL", ScalarType.Bool, 1),
    ];

    internal static string Allowed => string.Join(", ", Known.Select(type => type.Name));

    internal static int? BytesOf(string name) => Find(name)?.Bytes;

    internal static ScalarType TypeOf(string name) => Find(name)!.Value.Type;

    internal static string NameOf(ScalarType type) => Known.First(known => known.Type == type).Name;

    private static (string Name, ScalarType Type, int Bytes)? Find(string name) =>
        Known.Where(type => type.Name == name).Select(type => ((string, ScalarType, int)?)type).FirstOrDefault();
}
