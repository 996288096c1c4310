using System.Collections.Immutable;
using CircuitPipeline.Circuits.Config;

namespace CircuitPipeline.Circuits.Adapters;

/// <summary>How an adapter changes linear maps.</summary>
public enum AdapterMethod
{
    /// <summary>W + s B A (Hu et al. 2021, arXiv:2106.09685); rsLoRA is this with another s.</summary>
    Lora,

    /// <summary>The rows of W + s B A at lengths of their own (Liu et al. 2024, arXiv:2402.09353).</summary>
    Dora,

    /// <summary>W + s B (A ∘ E), where rows of E were pruned (Zhang et al. 2023, arXiv:2303.10512).</summary>
    AdaLora,

    /// <summary>W with scaled rows or columns (Liu et al. 2022, arXiv:2205.05638).</summary>
    Ia3,
}

/// <summary>Which biases an adapter's file holds in place of the base model's.</summary>
public enum AdapterBias
{
    /// <summary>None.</summary>
    None,

    /// <summary>Those of the maps that it is for.</summary>
    LoraOnly,

    /// <summary>All of the model.</summary>
    All,
}

/// <summary>A linear map that an adapter is for.</summary>
/// <param name="Name">Its name as the adapter has it, which bare models shorten.</param>
/// <param name="Path">Its name in the whole model, such as <c>gpt_neox.layers.0.attention.dense</c>.</param>
/// <param name="Map">Its shape.</param>
/// <param name="Rank">Rows of A; 0 for IA3.</param>
/// <param name="Scale">The factor s of the update; 1 for IA3. AdaLoRA's file may hold another rank to divide by.</param>
public sealed record AdaptedModule(string Name, string Path, LinearShape Map, int Rank, double Scale)
{
    /// <summary>Whether IA3 scales what the map reads, and not what it writes.</summary>
    public bool ScalesInput { get; init; }

    /// <summary>Whether CircuitLoRA's authors gave it the larger rank, under names of its own.</summary>
    public bool IsCritical { get; init; }

    /// <summary>Which of AdaLoRA's rows were kept, <see cref="Rank"/> of them; empty where all were.</summary>
    public ImmutableArray<bool> Kept { get; init; } = [];
}

/// <summary>How an adapter names the modules of its base model: whole models and bare ones, without their head, differ.</summary>
/// <param name="Missing">What the names leave out at their start, such as <c>model.</c>; empty for whole models.</param>
public sealed record ModuleNames(string Missing)
{
    /// <summary>Those of the whole model.</summary>
    public static ModuleNames Whole { get; } = new("");

    /// <summary>All that a family's models have: the whole one, and without the first part or all of its body's name.</summary>
    /// <param name="family">The family.</param>
    public static ImmutableArray<ModuleNames> Of(ModelFamily family) =>
        [
            Whole,
            .. family
                .Body.Select((letter, i) => (letter, i))
                .Where(at => at.letter == '.')
                .Select(at => new ModuleNames(family.Body[..(at.i + 1)])),
            new($"{family.Body}."),
        ];

    /// <summary>The name of a module of the whole model; null where this naming has none for it.</summary>
    /// <param name="path">Such as <c>model.layers.0.mlp.up_proj</c>.</param>
    public string? Of(string path) =>
        path.StartsWith(Missing, StringComparison.Ordinal) ? path[Missing.Length..] : null;
}
