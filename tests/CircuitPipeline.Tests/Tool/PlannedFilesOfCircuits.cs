using System.Text.Json;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.ToolFront;

public sealed class PlannedFilesOfCircuits : IDisposable
{
    private const string Pythia = """
        {"architectures": ["GPTNeoXForCausalLM"], "model_type": "gpt_neox", "hidden_size": 2048, "intermediate_size": 8192,
         "num_attention_heads": 16, "num_hidden_layers": 24, "vocab_size": 50304, "rotary_pct": 0.25,
         "use_parallel_residual": true, "torch_dtype": "float16"}
        """;

    private readonly CircuitFilesOfATest _files = new();

    public void Dispose() => _files.Dispose();

    [ReferenceFact]
    public void Of_the_papers_circuits_are_the_papers_plan()
    {
        File.WriteAllText(_files["model/config.json"], Pythia);

        InProcess run = InProcess.Run(
            "plan",
            "--before",
            ReferenceFolder.File("finetune-circuits", "graph_add_sub_mul_div_1.4b_epoch0.json"),
            "--after",
            ReferenceFolder.File("finetune-circuits", "graph_add_sub_mul_div_1.4b_r2_epoch4.json"),
            "--rule",
            "paper",
            "--model",
            _files.Model,
            "--out",
            _files["plan"],
            "--json"
        );

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        JsonElement plan = JsonDocument.Parse(File.ReadAllText(_files["plan/rank-plan.json"])).RootElement;
        Assert.Equal([0, 11, 3, 5, 4], Numbers(plan.GetProperty("critical_layers")));
        Assert.Equal(10_223_616, plan.GetProperty("trainable_parameters").GetInt64());
        Assert.Equal([0], Numbers(plan.GetProperty("rules")[0].GetProperty("outlying_layers")));
        JsonElement adapter = JsonDocument.Parse(File.ReadAllText(_files["plan/adapter_config.json"])).RootElement;
        JsonProperty pattern = adapter.GetProperty("rank_pattern").EnumerateObject().Single();
        Assert.StartsWith(@"layers\.(0|3|4|5|11)\.", pattern.Name);
        Assert.Equal((8, 32), (adapter.GetProperty("r").GetInt32(), pattern.Value.GetInt32()));
        Assert.Equal(plan.ToString(), run.Json.ToString());
    }

    [Fact]
    public void With_a_budget_have_its_number_of_parameters()
    {
        InProcess run = Plan("--rule", "flips", "--top-k", "1", "--equal-to", "4");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        JsonElement plan = JsonDocument.Parse(File.ReadAllText(_files["plan/rank-plan.json"])).RootElement;
        Assert.Equal(
            plan.GetProperty("budget_parameters").GetInt64(),
            plan.GetProperty("trainable_parameters").GetInt64()
        );
    }

    [Fact]
    public void By_chance_depend_on_the_seed_alone()
    {
        string[] plans =
        [
            .. new[] { "1", "1", "3" }.Select(seed =>
                PlanOf("--rule", "random", "--top-k", "1", "--critical-rank", "8", "--seed", seed)
            ),
        ];

        Assert.Equal(plans[0], plans[1]);
        Assert.NotEqual(plans[0], plans[2]);
    }

    [Theory]
    [InlineData("--rule paper --top-k 2", "Error: The number of critical layers is '2', but 1 to 1 is allowed")]
    [InlineData("--rule layers", "Error: '--rule' is 'layers'.")]
    public void Are_refused_when_they_cannot_be_made(string options, string sentence)
    {
        InProcess run = Plan(options.Split(' '));

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith(sentence, run.Error);
    }

    [Fact]
    public void Of_another_model_are_refused()
    {
        File.WriteAllText(_files["model/config.json"], Pythia);

        InProcess run = Plan("--rule", "paper");

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("says 24 layers of 16 heads", run.Error);
    }

    private string PlanOf(params string[] options)
    {
        Plan(options);
        return File.ReadAllText(_files["plan/rank-plan.json"]);
    }

    private InProcess Plan(params string[] options) =>
        InProcess.Run([
            "plan",
            "--before",
            _files["before.json"],
            "--after",
            _files["after.json"],
            "--model",
            _files.Model,
            "--out",
            _files["plan"],
            .. options,
        ]);

    private static int[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetInt32())];
}
