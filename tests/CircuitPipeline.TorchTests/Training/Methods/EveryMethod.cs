using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Tensors.Optimizers;
using CircuitPipeline.TorchTests.Models.Families;
using CircuitPipeline.TorchTests.Training.Adapters;
using CircuitPipeline.Training.Adapters;
using CircuitPipeline.Training.Methods;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Training.Methods;

/// <summary>What holds for each way of fine-tuning.</summary>
public sealed class EveryMethod : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly TemporaryFolder _folder = new();
    private readonly Tensor _tokens = TinyModel.Tokens(1, 2, 3, 4);

    public static TheoryData<string> Names => MethodCase.Names;

    public static TheoryData<string, string> SavedCases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach (string family in AdaptersOfEveryFamily.Families)
            {
                foreach (IAdapterMethod method in AdapterMethods.All.Where(method => method is not FullFineTuning))
                {
                    cases.Add(family, method.Name);
                }
            }

            return cases;
        }
    }

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Computes_as_the_model_does_before_it_is_trained(string method)
    {
        using MethodCase one = new();
        Tensor before = one.Model.forward(_tokens);

        using TrainedAdapter adapter = one.Attach(method);

        Assert.True(one.Model.forward(_tokens).allclose(before, 1e-12, 1e-12));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Lowers_the_loss(string method)
    {
        using MethodCase one = new() { Steps = 60 };
        using TrainedAdapter adapter = one.Attach(method);

        double[] losses = one.Train(adapter);

        Assert.True(losses[^5..].Average() < 0.8 * losses[..5].Average(), $"{losses[0]} -> {losses[^1]}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Leaves_the_model_as_it_was_when_it_is_detached(string method)
    {
        using MethodCase one = new();
        Tensor[] before = [.. one.Model.parameters().Select(own => own.clone())];
        if (method != FullFineTuning.Name)
        {
            using TrainedAdapter adapter = one.Attach(method);
            one.Train(adapter);
        }

        Assert.All(one.Model.parameters().Zip(before), pair => Assert.True(pair.First.Equals(pair.Second)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Goes_on_after_a_stop_bit_for_bit(string method)
    {
        using MethodCase whole = new();
        using TrainedAdapter trained = whole.Attach(method);
        Dictionary<string, Tensor> state = [];
        double[] losses = whole.Train(
            trained,
            progress =>
            {
                if (progress.Step == 10)
                {
                    Safetensors.Write(_folder.File("state"), progress.State());
                }
            }
        );
        Safetensors.Read(_folder.File("state"), (name, value) => state.Add(name, value.MoveToOuterDisposeScope()));

        using MethodCase again = new();
        using TrainedAdapter other = again.Attach(method);
        MethodCase.Shake(other);
        int steps = 0;
        double[] resumed = again.Train(other, _ => steps++, state);

        Assert.Equal(10, steps);
        Assert.Equal(losses, resumed);
        Assert.All(trained.Parameters.Zip(other.Parameters), pair => Assert.True(pair.First.Equals(pair.Second)));
        Assert.True(whole.Model.forward(_tokens).Equals(again.Model.forward(_tokens)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Refuses_the_state_of_another_run(string method)
    {
        using MethodCase one = new() { Steps = 10 };
        using TrainedAdapter adapter = one.Attach(method);
        Dictionary<string, Tensor> state = adapter.State();
        state.Remove(state.Keys.Order().First());

        Assert.Contains("it is of another run", Assert.Throws<ArgumentException>(() => adapter.Restore(state)).Message);
    }

    [Theory]
    [MemberData(nameof(SavedCases))]
    public void Is_read_again_with_the_logits_that_it_was_trained_with(string family, string method) =>
        MustBeReadAgain(family, AdapterMethods.Named(method)!);

    [Theory]
    [MemberData(nameof(AdaptersOfEveryFamily.NamesOfFamilies), MemberType = typeof(AdaptersOfEveryFamily))]
    public void Of_factors_at_all_maps_is_read_again(string family) => MustBeReadAgain(family, new Ia3(Ia3Modules.All));

    [Theory]
    [MemberData(nameof(Names))]
    public void Leaves_no_tensor_behind_and_may_be_detached_twice(string method)
    {
        using MethodCase one = new();
        one.Attach(method).Dispose();
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        TrainedAdapter adapter = one.Attach(method);
        adapter.Dispose();
        adapter.Dispose();

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Of_the_model_itself_is_saved_as_a_model()
    {
        using MethodCase one = new();
        using TrainedAdapter adapter = one.Attach("full");
        one.Train(adapter);

        adapter.Save(_folder.Path, "base");

        using Transformer saved = Checkpoint.Load(_folder.Path, float64, CPU);
        Assert.True(saved.forward(_tokens).Equals(one.Model.forward(_tokens)));
    }

    [Fact]
    public void But_ia3_takes_the_weight_decay_that_is_asked_for()
    {
        foreach (IAdapterMethod method in AdapterMethods.All)
        {
            using MethodCase one = new();
            using TrainedAdapter adapter = one.Attach(method);

            ParameterGroup group = Assert.Single(adapter.Groups(0.25));

            Assert.Equal(method is Ia3 ? 0 : 0.25, group.WeightDecay);
        }
    }

    private void MustBeReadAgain(string family, IAdapterMethod method)
    {
        using FamilyFolder files = new(FamilyCases.All[family]);
        using Transformer model = Checkpoint.Load(files.Path, float64, CPU);
        using Transformer fresh = Checkpoint.Load(files.Path, float64, CPU);
        using MethodCase one = new(model);
        long[] prompt = FamilyCases.Prompts(files.Config.Vocab)[^1];
        using TrainedAdapter adapter = one.Attach(method, linear => linear.Layer == 0 ? 3 : 2);
        one.Train(adapter);
        double[] trained = AdapterCase.Logits(model, prompt);
        Assert.True(AdapterCase.Distance(trained, AdapterCase.Logits(fresh, prompt)) > 1e-3);

        adapter.Save(_folder.Path, files.Path);

        PeftFolder saved = PeftFolder.Open(_folder.Path);
        Assert.Null(saved.UpdateWarning());
        using (saved.AttachTo(fresh))
        {
            Assert.InRange(AdapterCase.Distance(trained, AdapterCase.Logits(fresh, prompt)), 0, 1e-11);
        }

        saved.MergeInto(fresh);
        Assert.InRange(AdapterCase.Distance(trained, AdapterCase.Logits(fresh, prompt)), 0, 1e-11);
        Assert.Equal(adapter.KeptParameters * (method is Pissa ? 2 : 1), saved.ParameterCount);
    }
}
