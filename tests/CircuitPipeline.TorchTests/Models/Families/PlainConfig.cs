using System.Text.Json;

namespace CircuitPipeline.TorchTests.Models.Families;

/// <summary>What a config.json says about the numbers of a model, with the defaults of its class and in either dialect.</summary>
internal sealed record PlainConfig
{
    internal required string Family { get; init; }

    internal required int Vocab { get; init; }

    internal required int Hidden { get; init; }

    internal required int Layers { get; init; }

    internal required int Heads { get; init; }

    internal required int KeyValueHeads { get; init; }

    internal required int HeadDim { get; init; }

    /// <summary>Width of the MLP.</summary>
    internal required int Inner { get; init; }

    internal required int MaxPositions { get; init; }

    internal required double Epsilon { get; init; }

    internal required string Activation { get; init; }

    internal required bool Tied { get; init; }

    internal required bool QueryKeyValueBias { get; init; }

    internal required bool AttentionOutputBias { get; init; }

    internal required bool MlpBias { get; init; }

    /// <summary>What query times key is multiplied by, per layer.</summary>
    internal required double[] AttentionScales { get; init; }

    /// <summary>How many keys a query sees, itself included, per layer; null where it sees all.</summary>
    internal required int?[] Windows { get; init; }

    /// <summary>Null in families with learned positions.</summary>
    internal PlainRotary? Rotary { get; init; }

    /// <summary>GPT-NeoX: attention and MLP read the same residual.</summary>
    internal bool IsParallel { get; init; }

    /// <summary>False in OPT models without a norm before the unembedding.</summary>
    internal bool HasFinalNorm { get; init; } = true;

    internal double? AttentionCap { get; init; }

    internal double? LogitCap { get; init; }

    internal double EmbeddingScale { get; init; } = 1;

    internal static PlainConfig Parse(string text)
    {
        using JsonDocument json = JsonDocument.Parse(text);
        return Read(json.RootElement);
    }

    internal static PlainConfig Read(JsonElement json)
    {
        ConfigKeys keys = new(json);
        string family = keys.Text("model_type", "");
        return family switch
        {
            "gpt_neox" => PlainGptConfigs.GptNeoX(keys),
            "gpt2" => PlainGptConfigs.Gpt2(keys),
            "gpt_neo" => PlainGptConfigs.GptNeo(keys),
            "opt" => PlainGptConfigs.Opt(keys),
            "llama" => PlainLlamaConfigs.Llama(keys),
            "mistral" => PlainLlamaConfigs.Mistral(keys),
            "qwen2" => PlainLlamaConfigs.Qwen2(keys),
            "qwen3" => PlainLlamaConfigs.Qwen3(keys),
            "gemma2" => PlainLlamaConfigs.Gemma2(keys),
            "olmo2" => PlainLlamaConfigs.Olmo2(keys),
            _ => throw new NotSupportedException($"There is no family '{family}'."),
        };
    }
}
