using System.Globalization;
using System.Text;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Study;
using CircuitPipeline.Study.Estimates;
using CircuitPipeline.Study.Spec;
using CircuitPipeline.Testing;
using CircuitPipeline.Tests.ToolFront;
using Xunit;

namespace CircuitPipeline.Tests.Studies;

/// <summary>What the studies of published models are said to take before their weights are there, by the configurations that their publishers give.</summary>
public sealed class EstimatesOfPaperStudies : IDisposable
{
    // Operations a second of the page's table: about what scores of Pythia-1.4B reach on the card of docs/gpu.md.
    private const double Rate = 2e13;
    private const double LaptopRate = 1e11;
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";

    private static readonly Dictionary<string, string> Configurations = new()
    {
        ["EleutherAI/pythia-160m"] = """
            {"architectures": ["GPTNeoXForCausalLM"], "bos_token_id": 0, "eos_token_id": 0, "hidden_act": "gelu",
             "hidden_size": 768, "initializer_range": 0.02, "intermediate_size": 3072, "layer_norm_eps": 1e-05,
             "max_position_embeddings": 2048, "model_type": "gpt_neox", "num_attention_heads": 12,
             "num_hidden_layers": 12, "rotary_emb_base": 10000, "rotary_pct": 0.25, "tie_word_embeddings": false,
             "torch_dtype": "float16", "use_cache": true, "use_parallel_residual": true, "vocab_size": 50304}
            """,
        ["EleutherAI/pythia-1.4b-deduped"] = """
            {"architectures": ["GPTNeoXForCausalLM"], "bos_token_id": 0, "eos_token_id": 0, "hidden_act": "gelu",
             "hidden_size": 2048, "initializer_range": 0.02, "intermediate_size": 8192, "layer_norm_eps": 1e-05,
             "max_position_embeddings": 2048, "model_type": "gpt_neox", "num_attention_heads": 16,
             "num_hidden_layers": 24, "rotary_emb_base": 10000, "rotary_pct": 0.25, "tie_word_embeddings": false,
             "torch_dtype": "float16", "use_cache": true, "use_parallel_residual": true, "vocab_size": 50304}
            """,
        ["EleutherAI/gpt-neo-2.7B"] = """
            {"activation_function": "gelu_new", "architectures": ["GPTNeoForCausalLM"], "attention_dropout": 0,
             "attention_types": [[["global", "local"], 16]], "bos_token_id": 50256, "embed_dropout": 0,
             "eos_token_id": 50256, "gradient_checkpointing": false, "hidden_size": 2560, "initializer_range": 0.02,
             "intermediate_size": null, "layer_norm_epsilon": 1e-05, "max_position_embeddings": 2048,
             "model_type": "gpt_neo", "num_heads": 20, "num_layers": 32, "resid_dropout": 0, "use_cache": true,
             "vocab_size": 50257, "window_size": 256}
            """,
        ["facebook/opt-6.7b"] = """
            {"activation_dropout": 0.0, "activation_function": "relu", "architectures": ["OPTForCausalLM"],
             "attention_dropout": 0.0, "bos_token_id": 2, "do_layer_norm_before": true, "dropout": 0.1,
             "eos_token_id": 2, "ffn_dim": 16384, "hidden_size": 4096, "init_std": 0.02, "layerdrop": 0.0,
             "max_position_embeddings": 2048, "model_type": "opt", "num_attention_heads": 32,
             "num_hidden_layers": 32, "pad_token_id": 1, "prefix": "</s>", "torch_dtype": "float16",
             "use_cache": true, "vocab_size": 50272, "word_embed_proj_dim": 4096}
            """,
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("hub-").FullName;

    private static IEnumerable<(string Name, ExperimentSpec Spec)> Studies =>
        Directory
            .GetFiles(Path.Combine(RepositoryRoot.Path, "experiments"), "*.yaml")
            .Order(StringComparer.Ordinal)
            .Select(file => (Path.GetFileNameWithoutExtension(file), SpecReader.ReadFile(file, Path.GetFileName(file))))
            .Where(study => study.Item2.Model is ModelCheckpointSpec);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Are_those_of_the_page()
    {
        string page = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "paper-studies.md"));

        string[] missing = [.. Studies.Select(Row).Where(row => !page.Contains(row, StringComparison.Ordinal))];

        Assert.True(missing.Length == 0, "The page lacks:\n" + string.Join('\n', missing));
    }

    [Fact]
    public void Of_the_laptop_are_those_of_the_page()
    {
        (_, ExperimentSpec spec) = Studies.Single(study => study.Name == "pythia-160m-add-sub");
        TransformerConfig shape = Shape(Configurations["EleutherAI/pythia-160m"]);

        string time = Amounts.Time(StudyEstimates.OfConfiguration(spec, shape)!.Seconds(LaptopRate));

        string page = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "paper-studies.md"));
        Assert.True(page.Contains($"`{spec.Study}` then takes {time}", StringComparison.Ordinal), time);
    }

    [Fact]
    public void Have_the_number_of_parameters_of_the_published_models() =>
        Assert.Equal(
            [162_322_944, 1_414_647_808, 2_651_307_520, 6_658_473_984],
            Configurations.Values.Select(text => Shape(text).ParameterCount)
        );

    [Fact]
    public void Are_said_where_nothing_but_the_configuration_is_in_the_cache()
    {
        string repository = Path.Combine(_folder, "hub", "models--EleutherAI--pythia-1.4b-deduped");
        Directory.CreateDirectory(Path.Combine(repository, "refs"));
        Directory.CreateDirectory(Path.Combine(repository, "snapshots", Commit));
        File.WriteAllText(Path.Combine(repository, "refs", "main"), Commit);
        File.WriteAllText(
            Path.Combine(repository, "snapshots", Commit, "config.json"),
            Configurations["EleutherAI/pythia-1.4b-deduped"]
        );

        InProcess run = InProcess.Run(
            name => name == "HF_HOME" ? _folder : null,
            "explain",
            "--root",
            RepositoryRoot.Path,
            "--experiment",
            "pythia-1.4b-add-sub-100"
        );

        Assert.Equal(2, run.ExitCode);
        Assert.Matches(
            "bring it with 'dotnet circuit fetch EleutherAI/pythia-1.4b-deduped'. By its configuration it has 1,414,647,808 parameters: 2.9 GB to bring in 16 bits or 5.7 GB in float32, "
                + @"and 5.7 GB for the study's copy; the whole study takes about [0-9.]+ (min|h) here, [0-9.]+ GB of memory and 1[0-9.]+ GB of disk, with prompts of 32 tokens and one job\.\n",
            run.Error
        );
    }

    private static string Row((string Name, ExperimentSpec Spec) study)
    {
        TransformerConfig shape = Shape(Configurations[((ModelCheckpointSpec)study.Spec.Model).Checkpoint]);
        ItemEstimate all = StudyEstimates.OfConfiguration(study.Spec, shape)!;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| `{study.Name}` | {Amounts.Bytes(2 * shape.ParameterCount)} | {Amounts.Time(all.Seconds(Rate))} | {Amounts.Bytes(all.MemoryBytes)} | {Amounts.Bytes(all.DiskBytes)} |"
        );
    }

    private static TransformerConfig Shape(string text) =>
        HuggingFaceConfig.Parse(Encoding.UTF8.GetBytes(text), "config.json");
}
