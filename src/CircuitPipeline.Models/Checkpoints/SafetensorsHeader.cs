using System.Buffers.Binary;
using System.Text.Json;
using static TorchSharp.torch;

namespace CircuitPipeline.Models.Checkpoints;

/// <summary>
/// The table at the start of a safetensors file: 8 bytes of length (little endian), then JSON from tensor names to
/// type, shape and place (format: the safetensors repository's README).
/// </summary>
internal static class SafetensorsHeader
{
    /// <summary>The format's own limit; a length field that claims more is not believed.</summary>
    internal const long LargestBytes = 100_000_000;

    private const int MostDimensions = 64;

    /// <summary>Reads and checks the table; tensors come in the order of their places and cover the data exactly.</summary>
    /// <exception cref="InvalidDataException">The file is not a whole, well-formed safetensors file.</exception>
    internal static (IReadOnlyList<TensorEntry> Entries, long DataStart) Read(Stream file, string path)
    {
        Span<byte> prefix = stackalloc byte[8];
        if (file.Length < 8)
        {
            throw new InvalidDataException(
                $"{path}: the file has {file.Length} bytes, but a header alone needs 8; most likely its download broke off, so download it again."
            );
        }

        file.ReadExactly(prefix);
        ulong claimed = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        ulong possible = (ulong)Math.Min(LargestBytes, file.Length - 8);
        if (claimed > possible)
        {
            Span<byte> start = stackalloc byte[GitLfsPointer.Length];
            file.Position = 0;
            GitLfsPointer.Refuse(start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)], path);
            throw new InvalidDataException(
                $"{path}: the header claims {claimed} bytes, but at most {possible} are possible in this file; it is no safetensors file, or its download broke off, so download it again."
            );
        }

        byte[] json = new byte[claimed];
        file.ReadExactly(json);
        long dataStart = 8 + (long)claimed;
        List<TensorEntry> entries = [.. Parse(json, path).OrderBy(entry => entry.Begin).ThenBy(entry => entry.End)];
        CheckCoverage(entries, file.Length - dataStart, path);
        return (entries, dataStart);
    }

    private static List<TensorEntry> Parse(byte[] json, string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(
                json,
                new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 }
            );
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new InvalidDataException($"{path}: the header is not a JSON object.");
            }

            return
            [
                .. document
                    .RootElement.EnumerateObject()
                    .Where(property => property.Name != "__metadata__")
                    .Select(property => Entry(property, path)),
            ];
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException(
                $"{path}: the header is not one JSON object from names to dtype, shape and data_offsets.",
                cause
            );
        }
    }

    private static TensorEntry Entry(JsonProperty property, string path)
    {
        // Later messages name the tensor, so its name is one line, and not a long one.
        string shown = MessageText.OneLine(property.Name);
        if (shown != property.Name)
        {
            throw new InvalidDataException(
                $"{path}: the name of tensor '{shown}' has a line end, another control character, or more than "
                    + $"{MessageText.Longest} characters."
            );
        }

        if (
            property.Value.ValueKind != JsonValueKind.Object
            || !property.Value.TryGetProperty("dtype", out JsonElement dtype)
            || !property.Value.TryGetProperty("shape", out JsonElement shape)
            || !property.Value.TryGetProperty("data_offsets", out JsonElement offsets)
            || offsets.GetArrayLength() != 2
        )
        {
            throw new InvalidDataException(
                $"{path}: tensor '{property.Name}' lacks one of dtype, shape and two data_offsets."
            );
        }

        TensorEntry entry = new(
            property.Name,
            dtype.GetString() ?? "",
            [.. shape.EnumerateArray().Select(size => size.GetInt64())],
            offsets[0].GetInt64(),
            offsets[1].GetInt64()
        );
        CheckSize(entry, path);
        return entry;
    }

    private static void CheckSize(TensorEntry entry, string path)
    {
        int width =
            SafetensorsTypes.BytesOf(entry.Dtype)
            ?? throw new InvalidDataException(
                $"{path}: tensor '{entry.Name}' has the element type '{MessageText.OneLine(entry.Dtype)}'; {SafetensorsTypes.Allowed} are allowed."
            );
        // Bytes without and with the sizes of 0: the engine multiplies sizes too, and must not overflow before it meets a 0.
        (UInt128 bytes, bool isEmpty) = ((UInt128)width, false);
        bool fits = entry.Shape.Length <= MostDimensions && entry.Begin >= 0 && entry.End >= entry.Begin;
        foreach (long size in entry.Shape)
        {
            fits &= size >= 0;
            isEmpty |= size == 0;
            bytes *= fits ? (UInt128)Math.Max(1, size) : 0;
            fits &= bytes <= long.MaxValue;
        }
        if (isEmpty)
        {
            bytes = 0;
        }

        if (!fits || bytes != (UInt128)(entry.End - entry.Begin))
        {
            throw new InvalidDataException(
                $"{path}: tensor '{entry.Name}' of shape [{MessageText.OneLine(string.Join(", ", entry.Shape.Take(MostDimensions)))}] and type {entry.Dtype} "
                    + $"does not fit its place, bytes {entry.Begin} to {entry.End}."
            );
        }
    }

    private static void CheckCoverage(List<TensorEntry> entries, long dataBytes, string path)
    {
        long next = 0;
        foreach (TensorEntry entry in entries)
        {
            if (entry.Begin != next)
            {
                throw new InvalidDataException(
                    $"{path}: tensor '{entry.Name}' begins at byte {entry.Begin} of the data, but the one before ends at {next}."
                );
            }

            next = entry.End;
        }

        if (next != dataBytes)
        {
            throw new InvalidDataException(
                $"{path}: the tensors end at byte {next} of {dataBytes} bytes of data"
                    + (next > dataBytes ? "; most likely its download broke off, so download it again." : ".")
            );
        }
    }
}

/// <summary>The element types of safetensors files that a checkpoint of ours can hold.</summary>
internal static class SafetensorsTypes
{
    private static readonly (string Name, ScalarType? Type, int Bytes)[] Known =
    [
        ("F64", ScalarType.Float64, 8),
        ("F32", ScalarType.Float32, 4),
        ("F16", ScalarType.Float16, 2),
        ("BF16", ScalarType.BFloat16, 2),
        ("I64", ScalarType.Int64, 8),
        ("I32", ScalarType.Int32, 4),
        ("U8", ScalarType.Byte, 1),
        ("BOOL", ScalarType.Bool, 1),
        ("I8", ScalarType.Int8, 1),
        ("I16", ScalarType.Int16, 2),
        ("F8_E4M3", null, 1), // told by name, not read
        ("F8_E5M2", null, 1),
    ];

    internal static string Allowed => string.Join(", ", Known.Select(type => type.Name));

    /// <summary>Whether weights can be of this type.</summary>
    internal static bool IsReal(string name) => name is "F64" or "F32" or "F16" or "BF16";

    /// <summary>Whether weights of this type are quantized.</summary>
    internal static bool IsNarrow(string name) =>
        name is "I8" or "U8" or "I16" || name.StartsWith("F8_", StringComparison.Ordinal);

    internal static int? BytesOf(string name) => Find(name)?.Bytes;

    /// <summary>The engine's type; null where it has none.</summary>
    internal static ScalarType? TypeOf(string name) => Find(name)!.Value.Type;

    internal static string NameOf(ScalarType type) => Known.First(known => known.Type == type).Name;

    private static (string Name, ScalarType? Type, int Bytes)? Find(string name) =>
        Known.Where(type => type.Name == name).Select(type => ((string, ScalarType?, int)?)type).FirstOrDefault();
}

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Dtype">The element type by the format's name, such as <c>F32</c>.</param>
/// <param name="Shape">Its dimensions.</param>
/// <param name="Begin">Its first byte, counted from the end of the header.</param>
/// <param name="End">The byte after its last.</param>
public sealed record TensorEntry(string Name, string Dtype, long[] Shape, long Begin, long End)
{
    /// <summary>How many numbers it has: the product of its dimensions.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);
}
