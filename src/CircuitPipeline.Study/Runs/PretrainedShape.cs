using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Prompts;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Runs;

/// <summary>The shape of a model that is trained here: GPT-NeoX.</summary>
internal static class PretrainedShape
{
    /// <summary>That of an experiment's model, over its words.</summary>
    internal static TransformerConfig Of(ModelShapeSpec model, Vocabulary vocabulary) =>
        new()
        {
            Architecture = Architecture.GptNeoX,
            NLayers = model.NLayers,
            NHeads = model.NHeads,
            DModel = model.DModel,
            DMlp = model.DMlp,
            DVocab = vocabulary.Count,
            NCtx = model.NCtx,
            ParallelBlocks = true,
            RotaryPercent = model.RotaryPct,
            NormEps = model.LayerNormEps,
            InitializerRange = model.InitStd,
            EosTokenId = vocabulary.EosId,
        };
}
