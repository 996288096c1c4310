using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace CircuitPipeline.TorchTests.Models.Families;

/// <summary>Files of tensors: the length of a JSON table, the table, then the numbers in its order.</summary>
internal static class PlainSafetensors
{
    /// <summary>Writes tensors as F64, F32, F16 or BF16; a name in <paramref name="raw"/> has its own type and bytes.</summary>
    internal static void Write(
        string path,
        IReadOnlyDictionary<string, PlainTensor> tensors,
        string type,
        IReadOnlyDictionary<string, (string Type, int[] Shape, byte[] Bytes)>? raw = null
    )
    {
        Dictionary<string, object> table = new() { ["__metadata__"] = new { format = "pt" } };
        List<byte> data = [];
        void Add(string name, string storedType, int[] shape, byte[] bytes)
        {
            int[] offsets = [data.Count, data.Count + bytes.Length];
            table.Add(
                name,
                new
                {
                    dtype = storedType,
                    shape,
                    data_offsets = offsets,
                }
            );
            data.AddRange(bytes);
        }

        foreach ((string name, PlainTensor tensor) in tensors)
        {
            Add(name, type, tensor.Shape, [.. tensor.Values.SelectMany(value => Bytes(value, type))]);
        }

        foreach (
            (string name, (string storedType, int[] shape, byte[] bytes)) in raw
                ?? new Dictionary<string, (string, int[], byte[])>()
        )
        {
            Add(name, storedType, shape, bytes);
        }

        string header = JsonSerializer.Serialize(table);
        header = header.PadRight((Encoding.UTF8.GetByteCount(header) + 7) / 8 * 8);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        File.WriteAllBytes(path, [.. length, .. Encoding.UTF8.GetBytes(header), .. data]);
    }

    /// <summary>Reads a file whose tensors are all F32.</summary>
    internal static Dictionary<string, PlainTensor> ReadFloats(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        int start = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        using JsonDocument table = JsonDocument.Parse(file.AsMemory(8, start - 8));
        Dictionary<string, PlainTensor> tensors = [];
        foreach (JsonProperty entry in table.RootElement.EnumerateObject().Where(entry => entry.Name != "__metadata__"))
        {
            int[] shape = [.. entry.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
            int begin = start + entry.Value.GetProperty("data_offsets")[0].GetInt32();
            int end = start + entry.Value.GetProperty("data_offsets")[1].GetInt32();
            double[] values = new double[(end - begin) / 4];
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = BinaryPrimitives.ReadSingleLittleEndian(file.AsSpan(begin + 4 * i));
            }

            tensors.Add(entry.Name, new(shape, values));
        }

        return tensors;
    }

    /// <summary>What is left of a number after it was stored as the type.</summary>
    internal static double Stored(double value, string type) =>
        type switch
        {
            "F64" => value,
            "F32" => (float)value,
            "F16" => (double)(Half)value,
            // The upper half of a float32; what is cut off is not rounded here, which makes a value of this type all the same.
            "BF16" => BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits((float)value) & 0xFFFF0000),
            _ => throw new NotSupportedException(type),
        };

    private static byte[] Bytes(double value, string type) =>
        type switch
        {
            "F64" => BitConverter.GetBytes(value),
            "F32" => BitConverter.GetBytes((float)value),
            "F16" => BitConverter.GetBytes((Half)value),
            "BF16" => BitConverter.GetBytes((float)value)[2..],
            _ => throw new NotSupportedException(type),
        };
}
