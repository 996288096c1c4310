using System.Text.Json.Serialization;
using CircuitPipeline.Testing;
using CircuitPipeline.Text.Tables;
using Parquet.Serialization;
using Xunit;

namespace CircuitPipeline.Tests.Prompts.Tables;

/// <summary>Parquet as the Hub's data sets of MIB come: groups and lists in columns.</summary>
public sealed class ParquetPairs : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly PieceTokenizer _pieces = new();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task Have_groups_as_columns()
    {
        await Write([
            new Arithmetic
            {
                Prompt = "3 plus 4 is",
                Label = "7",
                Twin = new Twin { Prompt = "5 plus 6 is", Label = "11" },
            },
            new Arithmetic
            {
                Prompt = "1 plus 1 is",
                Label = "222",
                Twin = new Twin { Prompt = "5 plus 6 is", Label = "11" },
            },
        ]);

        ImportedPairs pairs = PairsReader.Read(_file, _pieces);

        UsableRow row = Assert.Single(pairs.Usable);
        Assert.Equal("5 plus 6 is", row.Corrupted);
        Assert.Equal([_pieces[" 7"]], row.Pair.Answers.ToArray());
        Assert.Equal([_pieces[" 11"]], row.Pair.CorruptedAnswers.ToArray());
        Assert.Equal(2, Assert.Single(pairs.Unusable).Line);
    }

    [Fact]
    public async Task Have_lists_of_ids()
    {
        await Write([
            new Ids
            {
                Clean = [1, 2],
                Corrupted = [1, 3],
                Label = [4, 5],
            },
        ]);

        UsableRow row = Assert.Single(PairsReader.Read(_file, null).Usable);

        Assert.Equal([1, 3], row.Pair.Corrupted.ToArray());
        Assert.Equal([5], row.Pair.CorruptedAnswers.ToArray());
    }

    [Theory]
    [InlineData(70)]
    [InlineData(71)]
    public async Task That_are_damaged_are_read_or_refused_in_one_sentence(int seed) => await ReadDamaged(seed);

    [Fact]
    [Slow]
    public async Task Ten_thousand_that_are_damaged_are_read_or_refused_in_one_sentence()
    {
        for (int round = 0; round < 20; round++)
        {
            await ReadDamaged(7000 + round);
        }
    }

    private async Task ReadDamaged(int seed)
    {
        await Write([
            new Ids
            {
                Clean = [1, 2],
                Corrupted = [1, 3],
                Label = [4, 5],
            },
        ]);
        Hostile.Refuses<InvalidDataException>(
            await File.ReadAllBytesAsync(_file),
            seed,
            copy =>
            {
                File.WriteAllBytes(_file, copy);
                _ = PairsReader.Read(_file, null).Rows;
            }
        );
    }

    private async Task Write<T>(IEnumerable<T> rows)
        where T : class, new()
    {
        await using FileStream file = File.Create(_file);
        await ParquetSerializer.SerializeAsync(rows, file);
    }

    public sealed class Arithmetic
    {
        [JsonPropertyName("prompt")]
        public string? Prompt { get; set; }

        [JsonPropertyName("label")]
        public string? Label { get; set; }

        [JsonPropertyName("random_counterfactual")]
        public Twin? Twin { get; set; }
    }

    public sealed class Twin
    {
        [JsonPropertyName("prompt")]
        public string? Prompt { get; set; }

        [JsonPropertyName("label")]
        public string? Label { get; set; }
    }

    public sealed class Ids
    {
        [JsonPropertyName("clean")]
        public List<int>? Clean { get; set; }

        [JsonPropertyName("corrupted")]
        public List<int>? Corrupted { get; set; }

        [JsonPropertyName("label")]
        public List<int>? Label { get; set; }
    }
}
