using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Planning;
using CircuitPipeline.TorchTests.Models.Families;
using CircuitPipeline.TorchTests.Training.Methods;
using CircuitPipeline.Training;
using CircuitPipeline.Training.Methods;
using Xunit;
using static TorchSharp.torch;
using Transformer = CircuitPipeline.Models.Transformer;

namespace CircuitPipeline.TorchTests.Training.Adapters;

/// <summary>The adapters of these tests, loaded by PEFT over the same base: the rules and formulas are really its own.</summary>
public sealed class LogitsOfPeft
{
    private const string Run = "logits of peft";

    // What PEFT loads; the authors' own form it does not.
    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> cases = [];
            foreach (string family in AdaptersOfEveryFamily.Families)
            {
                foreach (string method in PlainMethods.All.Keys.Except(["circuit-lora", "adalora-whole"]))
                {
                    cases.Add(family, method);
                }
            }

            return cases;
        }
    }

    public static TheoryData<string, string> TrainedCases
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

    public static TheoryData<string> Families => AdaptersOfEveryFamily.NamesOfFamilies;

    [PeftTheory]
    [MemberData(nameof(Cases))]
    public void Are_those_of_the_formulas(string family, string method)
    {
        using AdapterCase one = new(family, method);

        (long[] Prompt, double[] Logits)[] expected = [.. one.Expected()];
        double[][] found = PythonWithPeft.Logits(one.BaseFolder, one.Folder, [.. expected.Select(row => row.Prompt)]);

        // transformers computes parts of some families in float32 whatever the model's type is.
        Assert.All(
            expected.Zip(found),
            pair => Assert.InRange(AdapterCase.Distance(pair.First.Logits, pair.Second), 0, 1e-4)
        );
    }

    [PeftTheory]
    [MemberData(nameof(Families))]
    public void Are_those_of_an_adapter_that_was_trained_here(string family)
    {
        using FamilyFolder files = new(FamilyCases.All[family]);
        using TemporaryFolder folder = new();
        using Transformer model = Checkpoint.Load(files.Path, float64, CPU);
        long[] prompt = FamilyCases.Prompts(files.Config.Vocab)[^1];
        TransformerConfig shape = model.Config;
        using Generator random = new(3);
        using LoraAdapter adapter = LoraAdapter.Attach(model, _ => 2, 2, random);
        using (no_grad())
        {
            foreach (Tensor parameter in adapter.Parameters)
            {
                parameter.normal_(0, 0.2, random);
            }
        }

        adapter.Save(folder.File("adapter_model.safetensors"));
        RankPlan plan = new RankPlanner(shape, 2).Uniform(2);
        File.WriteAllBytes(folder.File(PeftConfig.FileName), PeftConfig.Write(plan, shape, files.Path));

        double[][] found = PythonWithPeft.Logits(files.Path, folder.Path, [prompt]);

        Assert.InRange(AdapterCase.Distance(AdapterCase.Logits(model, prompt), found[0]), 0, 1e-4);
    }

    [PeftTheory]
    [MemberData(nameof(TrainedCases))]
    public void Are_those_of_every_method_that_was_trained_here(string family, string method)
    {
        using FamilyFolder files = new(FamilyCases.All[family]);
        using TemporaryFolder folder = new();
        using MethodCase one = new(Checkpoint.Load(files.Path, float64, CPU));
        long[] prompt = FamilyCases.Prompts(files.Config.Vocab)[^1];
        using TrainedAdapter adapter = one.Attach(AdapterMethods.Named(method)!, linear => linear.Layer == 0 ? 3 : 2);
        one.Train(adapter);
        adapter.Save(folder.Path, files.Path);

        double[][] found = PythonWithPeft.Logits(files.Path, folder.Path, [prompt]);

        Assert.InRange(AdapterCase.Distance(AdapterCase.Logits(one.Model, prompt), found[0]), 0, 1e-4);
    }

    /// <summary>All of them for <see cref="Program"/>, on machines without a runner of tests.</summary>
    internal static Action? Named(string run) => run == Run ? RunAll : null;

    private static void RunAll()
    {
        if (PythonWithPeft.Lack is { } lack)
        {
            throw new InvalidOperationException(lack);
        }

        Console.WriteLine(PythonWithPeft.Versions);
        LogitsOfPeft tests = new();
        (string Name, Action Test)[] all =
        [
            .. ((IEnumerable<object[]>)Cases).Select(one =>
                Case("formulas", one, () => tests.Are_those_of_the_formulas((string)one[0], (string)one[1]))
            ),
            .. ((IEnumerable<object[]>)Families).Select(one =>
                Case("trained", one, () => tests.Are_those_of_an_adapter_that_was_trained_here((string)one[0]))
            ),
            .. ((IEnumerable<object[]>)TrainedCases).Select(one =>
                Case(
                    "trained",
                    one,
                    () => tests.Are_those_of_every_method_that_was_trained_here((string)one[0], (string)one[1])
                )
            ),
        ];
        int failed = 0;
        foreach ((string name, Action test) in all)
        {
            try
            {
                test();
            }
            catch (Exception problem) // whatever it is, the next shall run
            {
                failed++;
                Console.WriteLine($"FAILED: {name}: {problem.Message.Trim().Split('\n')[^1]}");
            }
        }

        Console.WriteLine($"{all.Length - failed} passed, {failed} failed");
        if (failed > 0)
        {
            throw new InvalidOperationException($"{failed} of {all.Length} adapters are not what PEFT takes them for.");
        }

        static (string, Action) Case(string kind, object[] values, Action test) =>
            ($"{kind} {string.Join(' ', values)}", test);
    }
}
