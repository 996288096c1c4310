using System.Collections.Immutable;
using CircuitPipeline.Circuits.Adapters;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models;
using CircuitPipeline.Tensors.Optimizers;
using CircuitPipeline.Training.Adapters;
using static TorchSharp.torch;

namespace CircuitPipeline.Training.Methods;

/// <summary>Learned factors of what maps write, or of what the MLP's maps read (Liu et al. 2022, arXiv:2205.05638).</summary>
/// <remarks>Ranks and alpha are not looked at, and factors have no weight decay, which would pull them to 0 and not to 1.</remarks>
/// <param name="modules">Which maps.</param>
public sealed class Ia3(Ia3Modules modules = Ia3Modules.Peft) : IAdapterMethod
{
    /// <summary>The method's name in specs and reports.</summary>
    public const string Name = "ia3";

    string IAdapterMethod.Name => Name;

    /// <inheritdoc/>
    public string Summary => "A factor for each number that some linear maps write or read.";

    /// <inheritdoc/>
    public TrainedAdapter Attach(Transformer model, AdapterSettings settings, Generator random) =>
        new FactorsAdapter(model, Ia3Targets.Of(model.Config, modules));

    private sealed class FactorsAdapter(Transformer model, Ia3Targets targets)
        : TrainedAdapter(
            model,
            model
                .LinearModules.Where(linear => targets.Has(linear.Path))
                .Select(linear => Ia3Linear.Fresh(linear, targets.ScalesInput(linear.Path)))
        )
    {
        public override IReadOnlyList<ParameterGroup> Groups(double weightDecay) => base.Groups(0);

        protected override byte[] Config(string baseModel, string? revision) =>
            PeftConfigText.Write(
                "IA3",
                Model.Config,
                (baseModel, revision),
                targets.Names,
                json =>
                {
                    json.WriteStartArray("feedforward_modules");
                    foreach (string name in targets.FeedForward)
                    {
                        json.WriteStringValue(name);
                    }

                    json.WriteEndArray();
                    json.WriteBoolean("init_ia3_weights", true);
                }
            );
    }
}

/// <summary>Which linear maps IA3 scales.</summary>
public enum Ia3Modules
{
    /// <summary>Those that PEFT chooses for the family: what keys and values are in, and the MLP's last map.</summary>
    Peft,

    /// <summary>All linear maps of a block, those of the MLP at what they read, as in CircuitLoRA's paper (arXiv:2502.11812).</summary>
    All,
}

/// <summary>The names of IA3's maps, as PEFT compares them with the ends of paths.</summary>
/// <param name="Names">All of them.</param>
/// <param name="FeedForward">Those that are scaled at what they read.</param>
internal sealed record Ia3Targets(ImmutableArray<string> Names, ImmutableArray<string> FeedForward)
{
    /// <summary>The choice for a model.</summary>
    internal static Ia3Targets Of(TransformerConfig shape, Ia3Modules modules)
    {
        ModelFamily family = shape.Family;
        if (modules == Ia3Modules.All)
        {
            return new(
                [.. shape.LinearMaps.Select(map => map.Path)],
                [.. shape.LinearMaps.Where(map => map.Part == family.Mlp).Select(map => map.Path)]
            );
        }

        // PEFT: utils/constants.py, TRANSFORMERS_MODELS_TO_IA3_TARGET_MODULES_MAPPING. It has no entry for OLMo 2, which is as llama here.
        return family.Architecture switch
        {
            Architecture.GptNeoX => new(["query_key_value", "dense_4h_to_h"], ["dense_4h_to_h"]),
            Architecture.Gpt2 => new(["c_attn", "mlp.c_proj"], ["mlp.c_proj"]),
            Architecture.GptNeo => new(["q_proj", "v_proj", "c_proj"], ["c_proj"]),
            Architecture.Opt => new(["q_proj", "k_proj", "fc2"], ["fc2"]),
            Architecture.Llama or Architecture.Mistral or Architecture.Olmo2 => new(
                ["k_proj", "v_proj", "down_proj"],
                ["down_proj"]
            ),
            _ => new(["q_proj", "v_proj", "down_proj"], ["down_proj"]),
        };
    }

    /// <summary>Whether a map is one of them.</summary>
    internal bool Has(string path) => Names.Any(name => EndsWith(path, name));

    /// <summary>Whether it is scaled at what it reads.</summary>
    internal bool ScalesInput(string path) => FeedForward.Any(name => EndsWith(path, name));

    private static bool EndsWith(string path, string name) => path.EndsWith($".{name}", StringComparison.Ordinal);
}
