namespace CircuitPipeline.Circuits.Config;

/// <summary>The model families that can be read and run.</summary>
public enum Architecture
{
    /// <summary>GPT-NeoX, Pythia: rotary positions, untied embeddings, blocks parallel or sequential.</summary>
    GptNeoX,

    /// <summary>GPT-2: learned positions, tied embeddings, sequential blocks.</summary>
    Gpt2,

    /// <summary>GPT-Neo: as GPT-2, with attention that is not scaled and local in every second layer.</summary>
    GptNeo,

    /// <summary>OPT: as GPT-2, with a ReLU and positions that are counted from 2.</summary>
    Opt,

    /// <summary>Llama 2 and 3: rotary positions, RMSNorm, a gated MLP, shared keys and values.</summary>
    Llama,

    /// <summary>Mistral: Llama with a sliding window.</summary>
    Mistral,

    /// <summary>Qwen 2 and 2.5: Llama with biases on queries, keys and values.</summary>
    Qwen2,

    /// <summary>Qwen 3: Llama with norms on each head's queries and keys.</summary>
    Qwen3,

    /// <summary>Gemma 2: norms before and after attention and MLP, soft caps, every second layer local.</summary>
    Gemma2,

    /// <summary>OLMo 2: norms after attention and MLP only, and on all queries and keys.</summary>
    Olmo2,
}
