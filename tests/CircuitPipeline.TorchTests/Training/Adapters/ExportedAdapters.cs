using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Planning;
using CircuitPipeline.TorchTests.Models.Families;
using CircuitPipeline.Training;
using CircuitPipeline.Training.Adapters;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;
using Transformer = CircuitPipeline.Models.Transformer;

namespace CircuitPipeline.TorchTests.Training.Adapters;

/// <summary>What training writes is read again, in every family.</summary>
public sealed class ExportedAdapters : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly TemporaryFolder _folder = new();
    private readonly Generator _random = new(3);

    public static TheoryData<string> Families => AdaptersOfEveryFamily.NamesOfFamilies;

    private string Config => _folder.File("adapter_config.json");

    private string Weights => _folder.File(PeftFolder.WeightsFile);

    public void Dispose()
    {
        _random.Dispose();
        _scope.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Give_merged_the_logits_that_they_were_trained_with(string family)
    {
        using FamilyFolder files = new(FamilyCases.All[family]);
        using Transformer model = Checkpoint.Load(files.Path, float64, CPU);
        long[] prompt = FamilyCases.Prompts(files.Config.Vocab)[^1];
        double[] trained = Save(model, prompt);

        PeftFolder.Open(_folder.Path).MergeInto(model);

        Assert.InRange(AdapterCase.Distance(trained, AdapterCase.Logits(model, prompt)), 0, 1e-12);
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void Keep_their_bits_in_float32(string family)
    {
        using FamilyFolder files = new(FamilyCases.All[family], new FolderOptions { Type = "F32" });
        using Transformer model = Checkpoint.Load(files.Path, float32, CPU);
        using Transformer expected = Checkpoint.Load(files.Path, float32, CPU);
        Save(model, FamilyCases.Prompts(files.Config.Vocab)[^1]);
        Dictionary<string, Tensor> saved = [];
        Safetensors.Read(Weights, (name, tensor) => saved.Add(name, tensor.MoveToOuterDisposeScope()));

        PeftFolder.Open(_folder.Path).MergeInto(model);

        using IDisposable frozen = no_grad();
        foreach ((ModelLinear one, ModelLinear other) in expected.LinearModules.Zip(model.LinearModules))
        {
            string path = $"base_model.model.{one.Path}";
            Tensor update = saved[$"{path}.lora_B.weight"].mm(saved[$"{path}.lora_A.weight"]);
            one.Module.weight.add_(update, alpha: 2);
            Assert.True(one.Module.weight.Equals(other.Module.weight), one.Path);
        }
    }

    [Fact]
    public void Are_rounded_once_into_a_model_of_bfloat16()
    {
        using FamilyFolder files = new(FamilyCases.All["llama-grouped"], new FolderOptions { Type = "BF16" });
        using Transformer model = Checkpoint.Load(files.Path, float32, CPU);
        using Transformer half = Checkpoint.Load(files.Path, bfloat16, CPU);
        Save(model, FamilyCases.Prompts(files.Config.Vocab)[^1]);

        PeftFolder.Open(_folder.Path).MergeInto(model);
        PeftFolder.Open(_folder.Path).MergeInto(half);

        Assert.All(
            model.LinearModules.Zip(half.LinearModules),
            pair => Assert.True(pair.First.Module.weight.to(bfloat16).Equals(pair.Second.Module.weight))
        );
    }

    [Fact]
    public void Run_beside_a_model_of_bfloat16()
    {
        using FamilyFolder files = new(FamilyCases.All["llama-grouped"], new FolderOptions { Type = "BF16" });
        using Transformer model = Checkpoint.Load(files.Path, float32, CPU);
        using Transformer half = Checkpoint.Load(files.Path, bfloat16, CPU);
        long[] prompt = FamilyCases.Prompts(files.Config.Vocab)[^1];
        double[] expected = Save(model, prompt);

        using AttachedAdapter attached = PeftFolder.Open(_folder.Path).AttachTo(half);

        Assert.InRange(AdapterCase.Distance(expected, AdapterCase.Logits(half, prompt)), 1e-6, 0.2);
    }

    [Fact]
    public void Leave_no_tensor_behind()
    {
        using FamilyFolder files = new(FamilyCases.All["neox-defaults"]);
        using Transformer model = Checkpoint.Load(files.Path, float64, CPU);
        Save(model, FamilyCases.Prompts(files.Config.Vocab)[^1]);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        PeftFolder.Open(_folder.Path).MergeInto(model);
        PeftFolder.Open(_folder.Path).AttachTo(model).Dispose();

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    // Ranks 2 and 3 at the two layers, with what training would leave in A and B.
    private double[] Save(Transformer model, long[] prompt)
    {
        RankPattern pattern = new(2, [new(1, 3)]);
        RankPlan plan = new()
        {
            Rule = "by hand",
            Why = "By hand.",
            CriticalLayers = [1],
            Pattern = pattern,
            AlphaOverRank = 2,
            TrainableParameters = pattern.TrainableParameters(model.Config),
        };
        using LoraAdapter adapter = LoraAdapter.Attach(model, linear => pattern.RankOf(linear.Layer), 2, _random);
        using (no_grad())
        {
            foreach (Tensor parameter in adapter.Parameters)
            {
                parameter.normal_(0, 0.2, _random);
            }
        }

        Assert.Equal(plan.TrainableParameters, adapter.ParameterCount);
        adapter.Save(Weights);
        File.WriteAllBytes(Config, PeftConfig.Write(plan, model.Config, "base"));
        return AdapterCase.Logits(model, prompt);
    }
}
