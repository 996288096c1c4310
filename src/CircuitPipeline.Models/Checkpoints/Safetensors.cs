using System.Buffers.Binary;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.Models.Checkpoints;

/// <summary>Reads and writes named tensors in the safetensors format.</summary>
public static class Safetensors
{
    /// <summary>The table of a file, without its data.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is not a whole safetensors file.</exception>
    public static IReadOnlyList<TensorEntry> Entries(string path)
    {
        using FileStream file = Open(path);
        return SafetensorsHeader.Read(file, path).Entries;
    }

    /// <summary>Reads every tensor, one after another, so that no more than one is held twice.</summary>
    /// <param name="path">The file.</param>
    /// <param name="take">Gets name and tensor (CPU, the stored type), which is disposed afterwards.</param>
    /// <param name="wanted">Which names to read; all where it is null.</param>
    /// <exception cref="InvalidDataException">The file is not a whole safetensors file.</exception>
    public static void Read(string path, Action<string, Tensor> take, Func<string, bool>? wanted = null) =>
        Each(
            path,
            entry => wanted?.Invoke(entry.Name) != false,
            (file, entry) =>
            {
                using DisposeScope scope = NewDisposeScope();
                Tensor tensor = empty(entry.Shape, TypeOf(path, entry), CPU);
                TensorRows.Read(file, tensor);
                take(entry.Name, tensor);
            }
        );

    /// <summary>The names of the tensors that are 0 everywhere; of another one no more is read than up to its first number that is not. Needs no engine.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is not a whole safetensors file.</exception>
    public static IReadOnlySet<string> ZeroTensors(string path)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        byte[] buffer = new byte[1 << 16];
        Each(
            path,
            _ => true,
            (file, entry) =>
            {
                long left = entry.End - entry.Begin;
                while (left > 0)
                {
                    Span<byte> piece = buffer.AsSpan(0, (int)Math.Min(buffer.Length, left));
                    file.ReadExactly(piece);
                    if (piece.ContainsAnyExcept((byte)0))
                    {
                        return;
                    }

                    left -= piece.Length;
                }

                names.Add(entry.Name);
            }
        );
        return names;
    }

    /// <summary>Reads tensors in pieces of some rows, so that little is held beside what they are read for.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wanted">Which tensors to read.</param>
    /// <param name="take">Gets the tensor, the first of the rows, and the rows (CPU, the stored type), which are disposed afterwards.</param>
    internal static void ReadRows(
        string path,
        Func<TensorEntry, bool> wanted,
        Action<TensorEntry, long, Tensor> take
    ) => Each(path, wanted, (file, entry) => Rows(file, path, entry, (first, rows) => take(entry, first, rows)));

    /// <summary>Fills tensors from a file; those of the stored type on the processor without a copy between.</summary>
    /// <param name="path">The file.</param>
    /// <param name="placeOf">Where a tensor goes, of its shape, any type and device; null where it is not wanted.</param>
    internal static void Fill(string path, Func<TensorEntry, Tensor?> placeOf) =>
        Each(
            path,
            _ => true,
            (file, entry) =>
            {
                using DisposeScope scope = NewDisposeScope();
                if (placeOf(entry) is not { } place)
                {
                    return;
                }

                if (place.dtype == TypeOf(path, entry) && place.device_type == DeviceType.CPU && place.is_contiguous())
                {
                    TensorRows.Read(file, place);
                    return;
                }

                Rows(
                    file,
                    path,
                    entry,
                    (first, rows) =>
                        (entry.Shape.Length == 0 ? place : place.narrow(0, first, rows.size(0))).copy_(rows)
                );
            }
        );

    /// <summary>Writes tensors by name; the same tensors give the same bytes.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <param name="tensors">The tensors, of any device.</param>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors)
    {
        (string Name, Tensor Tensor)[] ordered =
        [
            .. tensors.Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Key, StringComparer.Ordinal),
        ];
        byte[] header = Header(ordered);
        using FileStream file = File.Create(path);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        file.Write(length);
        file.Write(header);
        foreach ((_, Tensor tensor) in ordered)
        {
            using DisposeScope scope = NewDisposeScope();
            using IDisposable frozen = no_grad();
            TensorRows.Write(file, tensor.detach().cpu().contiguous());
        }
    }

    // Each wanted tensor in the order of the file, which stands at its first byte.
    private static void Each(string path, Func<TensorEntry, bool> wanted, Action<FileStream, TensorEntry> read)
    {
        using FileStream file = Open(path);
        (IReadOnlyList<TensorEntry> entries, long dataStart) = SafetensorsHeader.Read(file, path);
        foreach (TensorEntry entry in entries.Where(wanted))
        {
            file.Position = dataStart + entry.Begin;
            read(file, entry);
        }
    }

    private static void Rows(FileStream file, string path, TensorEntry entry, Action<long, Tensor> take)
    {
        foreach ((long first, long count) in TensorRows.Pieces(entry.Shape, entry.End - entry.Begin))
        {
            using DisposeScope scope = NewDisposeScope();
            long[] shape = entry.Shape.Length == 0 ? [] : [count, .. entry.Shape[1..]];
            Tensor rows = empty(shape, TypeOf(path, entry), CPU);
            TensorRows.Read(file, rows);
            take(first, rows);
        }
    }

    private static ScalarType TypeOf(string path, TensorEntry entry) =>
        SafetensorsTypes.TypeOf(entry.Dtype)
        ?? throw new InvalidDataException(
            $"{path}: tensor '{entry.Name}' is stored as {entry.Dtype}, which the engine has no numbers for; store it as F32, F16 or BF16."
        );

    private static byte[] Header((string Name, Tensor Tensor)[] ordered)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            json.WriteString("format", "pt");
            json.WriteEndObject();
            long place = 0;
            foreach ((string name, Tensor tensor) in ordered)
            {
                long end = place + tensor.numel() * tensor.element_size();
                json.WriteStartObject(name);
                json.WriteString("dtype", SafetensorsTypes.NameOf(tensor.dtype));
                WriteArray(json, "shape", tensor.shape);
                WriteArray(json, "data_offsets", place, end);
                json.WriteEndObject();
                place = end;
            }

            json.WriteEndObject();
        }

        while (buffer.Length % 8 != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.ToArray();
    }

    private static void WriteArray(Utf8JsonWriter json, string name, params ReadOnlySpan<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (long number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    private static FileStream Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new InvalidDataException($"{path}: this is a folder, but a safetensors file is expected.");
        }

        if (!File.Exists(path))
        {
            throw new InvalidDataException(
                $"{path}: there is no such file; a model folder holds a 'model.safetensors'."
            );
        }

        // A pipe has no length, and opening it waits for whoever writes.
        if (!FileKind.IsRegularOrAbsent(path))
        {
            throw new InvalidDataException(
                $"{path}: this is a pipe or a device, but a safetensors file is expected; write its content into a file."
            );
        }

        try
        {
            return File.OpenRead(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException(
                $"{path}: the file cannot be read ({MessageText.OneLine(cause.Message).TrimEnd('.')}).",
                cause
            );
        }
    }
}
