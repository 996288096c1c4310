using System.Text.RegularExpressions;
using Xunit;

namespace CircuitPipeline.Tests.ArchitectureRules;

/// <summary>Every tensor that the sources make from nothing is made on a device that is named there; else it would be on the processor.</summary>
public sealed class TensorDevices
{
    private static readonly string[] Factories =
    [
        "arange",
        "as_tensor",
        "bartlett_window",
        "complex",
        "empty",
        "empty_strided",
        "eye",
        "frombuffer",
        "from_array",
        "full",
        "linspace",
        "logspace",
        "normal",
        "ones",
        "rand",
        "randint",
        "randn",
        "randperm",
        "tensor",
        "tril_indices",
        "triu_indices",
        "zeros",
        @"nn\.Bilinear",
        @"nn\.Conv1d",
        @"nn\.Embedding",
        @"nn\.EmbeddingBag",
        @"nn\.LayerNorm",
        @"nn\.Linear",
        @"nn\.RMSNorm",
        @"Numbers\.Range",
    ];

    // A call of a factory, but not of a member of something else, nor a declaration.
    private static readonly Regex Call = new($@"(?<![\w.])(?:torch\.)?({string.Join('|', Factories)})\(");

    // What names a device: an argument of that name, another tensor's, or the processor's own.
    private static readonly Regex Device = new(@"\b[dD]evice\b|_device\b|\bCPU\b|new Parameter\(");

    [Fact]
    public void Are_named_where_tensors_are_made() =>
        Assert.Empty(
            SourceTree
                .Files("src")
                .SelectMany(file =>
                    Violations(File.ReadAllText(file)).Select(call => $"{SourceTree.Shown(file)}: {call}")
                )
        );

    [Theory]
    [InlineData("Tensor x = zeros(3, 4);")]
    [InlineData("Tensor x = torch.tensor(new[] { 1f }, dtype: ScalarType.Float32);")]
    [InlineData("Tensor x = ones(\n    [size(a), 2],\n    ScalarType.Int64\n);")]
    [InlineData("var part = nn.Linear(4, 5, dtype: type);")]
    [InlineData("return F(arange(0, x.size(0)).to(type), device);")]
    [InlineData("Tensor x = full([2], Text(\"device)\"));")]
    [InlineData("Tensor x = Numbers.Range(0, 3, 4);")]
    public void Are_missed_where_they_are_planted(string source) => Assert.Single(Violations(source));

    [Theory]
    [InlineData("Tensor x = zeros([3, 4], type, model.Device);")]
    [InlineData("Tensor x = torch.ones(3, device: torch.CPU);")]
    [InlineData("Tensor x = tensor(ids, [2, F(3)], device: answers.device);")]
    [InlineData("Tensor x = y.full(3); Tensor z = zeros_like(y); values.Add(y.normal(0));")]
    [InlineData("// zeros(3) would be on the processor")]
    [InlineData("/// <c>ones(3)</c>")]
    [InlineData("throw new Problem(\"tensor (3) is missing\");")]
    [InlineData("Linear part = nn.Linear(new Parameter(empty(2, 3, type, Device)), null);")]
    public void Are_not_asked_for_elsewhere(string source) => Assert.Empty(Violations(source));

    /// <summary>A tensor comes to the processor only where its numbers are read in the same breath, and those of no other are read.</summary>
    [Fact]
    public void Are_left_only_to_read_numbers() =>
        Assert.Empty(
            SourceTree
                .Files("src")
                .SelectMany(file =>
                    MovesAndReads(File.ReadAllText(file)).Select(call => $"{SourceTree.Shown(file)}: {call}")
                )
                // A file's bytes go straight into a tensor of the processor, and out of one.
                .Except([
                    "src/CircuitPipeline.Models/Checkpoints/Safetensors.cs: TensorRows.Write(file, tensor.detach().cpu().contiguous());",
                    "src/CircuitPipeline.Models/Checkpoints/TensorRows.cs: internal static void Write(Stream file, Tensor tensor) => EachPiece(tensor, part => file.Write(part.bytes));",
                    "src/CircuitPipeline.Models/Checkpoints/TensorRows.cs: internal static void Read(Stream file, Tensor tensor) => EachPiece(tensor, part => file.ReadExactly(part.bytes));",
                ])
        );

    [Theory]
    [InlineData("Tensor mask = x.cpu();")]
    [InlineData("Tensor mask = x.to(CPU).plus(y);")]
    [InlineData("float[] all = x.data<float>().ToArray();")]
    [InlineData("file.Write(x.bytes);")]
    public void Are_missed_where_tensors_move_or_are_read_without_moving(string source) =>
        Assert.Single(MovesAndReads(source));

    [Theory]
    [InlineData("double[] all = x.to(ScalarType.Float64).cpu().contiguous().data<double>().ToArray();")]
    [InlineData("long n = x.cpu().item<long>();")]
    [InlineData("file.Write(x.cpu().contiguous().bytes);")]
    public void Are_left_rightly_by_one_expression(string source) => Assert.Empty(MovesAndReads(source));

    private static IEnumerable<string> MovesAndReads(string source) =>
        from line in WithoutText(source).Split('\n')
        let rest = Regex.Replace(line, @"\.cpu\(\)(\.contiguous\(\))?\.(data<|bytes\b|item<)", "")
        where Regex.IsMatch(rest, @"\.cpu\(\)|\.to\((torch\.)?CPU\b|\.data<|\.bytes\b")
        select line.Trim();

    private static IEnumerable<string> Violations(string source)
    {
        string code = WithoutText(source);
        foreach (Match call in Call.Matches(code))
        {
            string arguments = Arguments(code, call.Index + call.Length);
            if (!Device.IsMatch(arguments))
            {
                yield return $"{call.Groups[1].Value}({arguments.ReplaceLineEndings(" ").Trim()}) names no device";
            }
        }
    }

    // Comments and the contents of strings.
    private static string WithoutText(string source) =>
        Regex.Replace(source, "//[^\n]*|\"(\\\\.|[^\"\\\\\n])*\"", match => match.Value[0] == '"' ? "\"\"" : "");

    private static string Arguments(string code, int start)
    {
        int depth = 1;
        int end = start;
        while (end < code.Length && depth > 0)
        {
            depth += code[end++] switch
            {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
        }

        return code[start..Math.Max(start, end - 1)];
    }
}
