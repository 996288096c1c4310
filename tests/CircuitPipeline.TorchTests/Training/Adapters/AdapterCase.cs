using System.Text.Json;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.TorchTests.Models.Families;
using CircuitPipeline.Training.Adapters;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;
using Transformer = CircuitPipeline.Models.Transformer;

namespace CircuitPipeline.TorchTests.Training.Adapters;

/// <summary>A model and an adapter of it in folders, as they are downloaded, and the logits that the formulas give.</summary>
internal sealed class AdapterCase : IDisposable
{
    private readonly FamilyFolder _base;
    private readonly TemporaryFolder _folder = new();
    private readonly string _config;

    internal AdapterCase(string family, string method, string type = "F64", Action<PlainAdapter>? change = null)
    {
        _config = FamilyCases.All[family];
        _base = new FamilyFolder(_config, new FolderOptions { Type = type });
        Plain = new PlainAdapter(method, _base.Config, _base.Tensors, seed: 11);
        change?.Invoke(Plain);
        Plain.Save(_folder.Path, type);
    }

    internal PlainAdapter Plain { get; }

    internal string Folder => _folder.Path;

    internal string BaseFolder => _base.Path;

    internal PeftFolder Opened => PeftFolder.Open(Folder);

    internal int Vocab => _base.Config.Vocab;

    public void Dispose()
    {
        _base.Dispose();
        _folder.Dispose();
    }

    internal Transformer Model(ScalarType type) => Checkpoint.Load(_base.Path, type, CPU);

    internal string File(string name) => _folder.File(name);

    /// <summary>Prompts of several lengths, one row each, with the logits of the merged plain weights.</summary>
    internal IEnumerable<(long[] Prompt, double[] Logits)> Expected(bool isAdapted = true)
    {
        using JsonDocument json = JsonDocument.Parse(_config);
        foreach (long[] prompt in FamilyCases.Prompts(Vocab))
        {
            double[][] logits = PlainDecoder.Logits(
                json.RootElement,
                isAdapted ? Plain.Merged : _base.Tensors.ToDictionary(),
                prompt
            );
            yield return (prompt, [.. logits.SelectMany(row => row)]);
        }
    }

    internal static double[] Logits(Transformer model, long[] prompt)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable frozen = no_grad();
        return model.forward(tensor(prompt, [1, prompt.Length])).to(float64).contiguous().data<double>().ToArray();
    }

    /// <summary>The largest difference from the expected logits, in parts of them where they are above 1.</summary>
    internal double Distance(Transformer model, bool isAdapted = true) =>
        Expected(isAdapted).Max(row => Distance(row.Logits, Logits(model, row.Prompt)));

    internal static double Distance(double[] expected, double[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        double largest = 0;
        foreach ((double one, double other) in expected.Zip(found))
        {
            double distance = Math.Abs(one - other) / Math.Max(1, Math.Abs(one));
            largest = Math.Max(largest, double.IsNaN(distance) ? double.PositiveInfinity : distance);
        }

        return largest;
    }
}
