using System.Buffers.Binary;
using System.Text;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Testing;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Models;

public sealed class SafetensorsFiles : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Int64)]
    [InlineData(ScalarType.Bool)]
    public void Give_back_every_element_type(ScalarType type)
    {
        Tensor written = arange(6).reshape(2, 3).to(type);
        Safetensors.Write(_folder.File("x"), new Dictionary<string, Tensor> { ["a.b"] = written });

        Dictionary<string, Tensor> read = ReadAll(_folder.File("x"));

        Assert.Equal(["a.b"], read.Keys);
        Assert.True(written.Equals(read["a.b"]));
    }

    [Fact]
    public void Of_the_same_tensors_have_the_same_bytes_in_any_order()
    {
        (Tensor first, Tensor second) = (arange(3), zeros([0, 2]));
        Safetensors.Write(_folder.File("x"), new Dictionary<string, Tensor> { ["a"] = first, ["b"] = second });
        Safetensors.Write(_folder.File("y"), new Dictionary<string, Tensor> { ["b"] = second, ["a"] = first });

        Assert.Equal(File.ReadAllBytes(_folder.File("x")), File.ReadAllBytes(_folder.File("y")));
        Assert.Equal([0, 2], ReadAll(_folder.File("x"))["b"].shape);
    }

    [Fact]
    public void Hold_what_a_transposed_tensor_shows()
    {
        Tensor transposed = arange(6).reshape(2, 3).t();
        Safetensors.Write(_folder.File("x"), new Dictionary<string, Tensor> { ["a"] = transposed });

        Assert.True(transposed.Equals(ReadAll(_folder.File("x"))["a"]));
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "tensor 'a' of shape [2]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "tensor 'a' begins at byte 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "the tensors end at byte 4 of 8")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""",
        "tensor 'b' begins at byte 4"
    )]
    [InlineData("""{"a":{"dtype":"F4","shape":[8],"data_offsets":[0,8]}}""", "element type 'F4'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "tensor 'a' of shape [-2]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}""", "does not fit")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,8]}}""", "tensor 'a' lacks one of")]
    [InlineData("""{"a":1}""", "tensor 'a' lacks one of")]
    [InlineData("""{"a":{},"a":{}}""", "not one JSON object")]
    [InlineData("""[1]""", "not a JSON object")]
    public void With_a_wrong_table_are_refused(string header, string reason)
    {
        File.WriteAllBytes(_folder.File("x"), FileOf(header, new byte[8]));

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Safetensors.Entries(_folder.File("x")));

        Assert.Contains(reason, error.Message);
        Assert.StartsWith(_folder.File("x"), error.Message);
    }

    [Fact]
    public void That_claim_an_enormous_header_are_refused_at_once()
    {
        byte[] bytes = FileOf("{}", []);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, 1UL << 60);
        File.WriteAllBytes(_folder.File("x"), bytes);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Safetensors.Entries(_folder.File("x")));

        Assert.Contains("claims 1152921504606846976 bytes, but at most 2 are possible", error.Message);
    }

    [Fact]
    public void Nested_ten_thousand_deep_are_refused()
    {
        string nested = $"{{\"a\":{new string('[', 10_000)}{new string(']', 10_000)}}}";
        File.WriteAllBytes(_folder.File("x"), FileOf(nested, []));

        Assert.Throws<InvalidDataException>(() => Safetensors.Entries(_folder.File("x")));
    }

    [Fact]
    public void Damaged_in_500_ways_are_read_or_refused_in_one_sentence()
    {
        string path = _folder.File("x");
        Safetensors.Write(path, new Dictionary<string, Tensor> { ["first"] = arange(4), ["second"] = ones(2, 2) });

        int refused = Hostile.Refuses<InvalidDataException>(
            File.ReadAllBytes(path),
            seed: 1,
            damaged =>
            {
                File.WriteAllBytes(path, damaged);
                Safetensors.Read(path, (_, _) => { });
            }
        );

        Assert.True(refused > Hostile.Copies / 2);
    }

    [Theory]
    [InlineData("[0,9223372036854775807,9223372036854775807]")]
    [InlineData("[9223372036854775807,9223372036854775807,0]")]
    [InlineData("[9223372036854775808]")]
    [InlineData("[1e400]")]
    [InlineData("[1.5]")]
    [InlineData(
        "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]"
    )]
    public void Of_shapes_that_no_memory_holds_are_refused_before_any_is_taken(string shape)
    {
        string header = """{"a":{"dtype":"F64","shape":SHAPE,"data_offsets":[0,0]}}""".Replace("SHAPE", shape);
        File.WriteAllBytes(_folder.File("x"), FileOf(header, []));

        Hostile.Refusal<InvalidDataException>(header.Length, () => Safetensors.Read(_folder.File("x"), (_, _) => { }));
    }

    [Theory]
    [InlineData("[-1,7]")]
    [InlineData("[8,16]")]
    [InlineData("[0,9223372036854775807]")]
    [InlineData("[9223372036854775800,9223372036854775807]")]
    [InlineData("[8,0]")]
    [InlineData("[0,8,8]")]
    public void With_places_outside_the_file_are_refused(string offsets)
    {
        string header = """{"a":{"dtype":"F64","shape":[1],"data_offsets":OFFSETS}}""".Replace("OFFSETS", offsets);
        File.WriteAllBytes(_folder.File("x"), FileOf(header, new byte[8]));

        Hostile.Refusal<InvalidDataException>(header.Length, () => Safetensors.Read(_folder.File("x"), (_, _) => { }));
    }

    [Theory]
    [InlineData("a\\nb")]
    [InlineData("a\\u2028b")]
    [InlineData("LONG")]
    public void With_a_name_that_no_message_can_show_are_refused(string name)
    {
        name = name.Replace("LONG", new string('x', 5_000));
        string header = """{"NAME":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}""".Replace("NAME", name);
        File.WriteAllBytes(_folder.File("x"), FileOf(header, new byte[8]));

        string message = Hostile.Refusal<InvalidDataException>(
            header.Length,
            () => Safetensors.Entries(_folder.File("x"))
        );

        Assert.Contains("has a line end, another control character, or more than 200 characters.", message);
    }

    [Fact]
    public void Of_a_gigabyte_of_zeros_are_refused_unread()
    {
        using SparseFile file = new();

        Hostile.Refusal<InvalidDataException>(0, () => Safetensors.Read(file.Path, (_, _) => { }));
    }

    private static byte[] FileOf(string header, byte[] data)
    {
        byte[] length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)Encoding.UTF8.GetByteCount(header));
        return [.. length, .. Encoding.UTF8.GetBytes(header), .. data];
    }

    private static Dictionary<string, Tensor> ReadAll(string path)
    {
        Dictionary<string, Tensor> all = [];
        Safetensors.Read(path, (name, tensor) => all.Add(name, tensor.MoveToOuterDisposeScope()));
        return all;
    }
}
