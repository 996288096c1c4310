using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Reporting.Html;

namespace CircuitPipeline.Tool.Inspection;

/// <summary>What is to be known of a model by its configuration alone.</summary>
internal static class ModelShape
{
    /// <summary>Size, heads, positions, norms and graph, in that order.</summary>
    internal static IEnumerable<Fact> Facts(TransformerConfig config)
    {
        ComputationGraph graph = new(config);
        yield return new Fact("parameters", config.ParameterCount);
        yield return new Fact("layers", config.NLayers);
        yield return new Fact("heads", config.NHeads);
        yield return new Fact("key-value heads", config.KeyValueHeads);
        yield return new Fact("head width", config.DHead);
        yield return new Fact("width", config.DModel);
        yield return new Fact("MLP width", config.DMlp);
        yield return new Fact("vocabulary", config.DVocab);
        yield return new Fact("unembedding", config.TiedEmbeddings ? "tied to the embedding" : "its own");
        yield return new Fact("positions", config.NCtx);
        yield return new Fact("positions are", Positions(config));
        if (config.Window is { } window)
        {
            int layers = window.IsLocal.Count(isLocal => isLocal);
            yield return new Fact(
                "window",
                $"{window.Width} tokens in {layers} of {Plural.Of(config.NLayers, "layer")}"
            );
        }

        if (config.AttentionSoftCap is { } attention)
        {
            yield return new Fact("attention soft cap", attention);
        }

        if (config.LogitSoftCap is { } logits)
        {
            yield return new Fact("logit soft cap", logits);
        }

        yield return new Fact("norms", Norms(config.Family));
        yield return new Fact("blocks", config.ParallelBlocks ? "parallel" : "sequential");
        yield return new Fact("graph nodes", graph.Nodes.Length);
        yield return new Fact("graph edges", graph.EdgeCount);
    }

    private static string Positions(TransformerConfig config) =>
        (config.HasLearnedPositions, config.RotaryScaling) switch
        {
            (true, _) => "learned",
            (_, null) => "rotary",
            (_, Llama3RotaryScaling) => "rotary, scaled as Llama 3.1's",
            _ => "rotary, scaled linearly",
        };

    private static string Norms(ModelFamily family)
    {
        string kind = family.Normalization == Normalization.LayerNorm ? "LayerNorm" : "RMSNorm";
        string place = (family.AttentionNorm, family.AttentionPostNorm) switch
        {
            (not null, not null) => "before and after attention and MLP",
            (null, not null) => "after attention and MLP",
            _ => "before attention and MLP",
        };
        string ofHeads = family.QueryKeyNorm switch
        {
            QueryKeyNorm.PerHead => ", and of each head's query and key",
            QueryKeyNorm.Whole => ", and of all queries and all keys together",
            _ => "",
        };
        return $"{kind} {place}{ofHeads}";
    }
}
