namespace CircuitPipeline.Circuits;

/// <summary>The model families that can be read and run.</summary>
public enum Architecture
{
    /// <summary>GPT-NeoX, Pythia: rotary positions, untied embeddings, blocks parallel or sequential.</summary>
    GptNeoX,

    /// <summary>GPT-2: learned positions, tied embeddings, sequential blocks.</summary>
    Gpt2,
}
