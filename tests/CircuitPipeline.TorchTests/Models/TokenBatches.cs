using CircuitPipeline.Models;
using CircuitPipeline.Models.Activations;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Prompts;
using CircuitPipeline.Tensors.Calls;
using CircuitPipeline.TorchTests.Models.Families;
using CircuitPipeline.TorchTests.Training.Adapters;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.TorchTests.Models;

/// <summary>Rows without padding, whose shared beginnings are computed once, against each row alone.</summary>
public sealed class TokenBatches : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public static TheoryData<string> NamesOfFamilies => [.. AdaptersOfEveryFamily.Families];

    public void Dispose() => _scope.Dispose();

    [Theory]
    [MemberData(nameof(NamesOfFamilies))]
    public void Have_the_logits_and_gradients_of_each_row_alone(string family)
    {
        using FamilyFolder folder = new(FamilyCases.All[family], new FolderOptions());
        using Transformer model = Checkpoint.Load(folder.Path, float64, CPU);
        long[][] rows =
        [
            [1, 2, 3, 4, 1, 2],
            [1, 2, 3],
            [1, 2, 5, 4],
            [6],
            [1, 2, 3, 4, 1, 2],
            [1, 2, 3, 4, 2, 2],
        ];
        (int Row, int Position)[] asked = [(0, 5), (0, 1), (1, 2), (2, 3), (3, 0), (4, 2), (5, 5)];
        Parameter[] trained = [.. model.parameters()];

        TokenBatch batch = Batch(rows);
        Tensor found = model.LogitsAt(
            batch,
            tensor([.. asked.Select(place => batch.IndexOf(place.Row, place.Position))])
        );
        Tensor expected = stack([
            .. asked.Select(place => model.forward(tensor(rows[place.Row]).unsqueeze(0))[0, place.Position]),
        ]);

        Assert.NotNull(batch.Layout);
        Assert.Equal(11, batch.Tokens.numel());
        AssertClose(expected, found);
        Assert.All(
            Gradients(expected, trained).Zip(Gradients(found, trained)),
            pair => AssertClose(pair.First, pair.Second)
        );
    }

    [Fact]
    public void Keep_rows_that_share_next_to_nothing_as_they_are()
    {
        TokenBatch batch = Batch([
            [1, 2, 3],
            [2, 3, 4],
        ]);

        Assert.Null(batch.Layout);
        Assert.Equal([2, 3], batch.Tokens.shape);
        Assert.Equal(5, batch.IndexOf(1, 2));
    }

    [Fact]
    public void Of_several_runs_share_nothing_between_them()
    {
        TokenBatch batch = TokenBatch.Of([1, 2, 1, 3, 1, 2, 1, 2], [2, 2, 2, 2], CPU, runs: 2);

        Assert.Equal([1, 2, 3, 1, 2, 1], batch.Tokens.data<long>().ToArray()); // the last fills up
        Assert.Equal(
            [0, 1, 0, 2, 3, 4, 3, 4],
            from row in Enumerable.Range(0, 4)
            from pos in new[] { 0, 1 }
            select batch.IndexOf(row, pos)
        );
    }

    [Fact]
    public void Of_drawn_rows_have_the_residuals_of_each_row_alone()
    {
        using Transformer model = FilledModel.Create();
        SeededRandom random = new(1);
        for (int round = 0; round < 20; round++)
        {
            long[][] rows =
            [
                .. Enumerable
                    .Range(0, random.Between(1, 9))
                    .Select(_ =>
                        Enumerable.Range(0, random.Between(1, 6)).Select(_ => (long)random.Between(0, 2)).ToArray()
                    ),
            ];
            TokenBatch batch = Batch(rows);
            long[] places = [.. rows.Select((row, number) => batch.IndexOf(number, row.Length - 1))];

            Tensor found = model.LogitsAt(batch, tensor(places));

            Tensor expected = stack([
                .. rows.Select(row => model.Forward(tensor(row).unsqueeze(0), ActivationHooks.None)[0, -1]),
            ]);
            AssertClose(expected, found);
        }
    }

    private static TokenBatch Batch(long[][] rows)
    {
        int pos = rows.Max(row => row.Length);
        return TokenBatch.Of(
            [.. rows.SelectMany(row => row.Concat(Enumerable.Repeat(0L, pos - row.Length)))],
            [.. rows.Select(row => row.Length)],
            CPU
        );
    }

    private static Tensor[] Gradients(Tensor logits, Parameter[] trained) =>
        GuardedCalls.Gradients(logits.sin().sum(), trained);

    private static void AssertClose(Tensor expected, Tensor found) =>
        Assert.True(found.allclose(expected, 1e-10, 1e-12));
}
