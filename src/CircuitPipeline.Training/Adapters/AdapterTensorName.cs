using System.Collections.Immutable;

namespace CircuitPipeline.Training.Adapters;

/// <summary>The name of a tensor in an adapter's file, taken apart.</summary>
/// <param name="Module">The module that it belongs to.</param>
/// <param name="Part">What it is there, such as <c>lora_A</c>; <c>bias</c> for a bias in place of the base model's.</param>
/// <param name="Adapter">The name of the adapter, which some files have; null where it is left out.</param>
/// <remarks>
/// <c>base_model.model.{module}.lora_A.weight</c>, also without its first two names, with the adapter's name behind <c>lora_A</c>,
/// and with or without <c>weight</c>: PEFT's versions differ, AdaLoRA's and IA3's have none.
/// </remarks>
internal sealed record AdapterTensorName(string Module, string Part, string? Adapter)
{
    internal const string Bias = "bias";
    internal const string Prefix = "base_model.model.";
    private const string BaseLayer = ".base_layer";

    private static readonly ImmutableArray<string> Parts =
    [
        "lora_A",
        "lora_B",
        "lora_A_extra",
        "lora_B_extra",
        "lora_E",
        "ranknum",
        "lora_magnitude_vector",
        "ia3_l",
    ];

    /// <summary>Takes a name apart; null where it is none of an adapter's.</summary>
    internal static AdapterTensorName? Of(string stored)
    {
        string name = stored.StartsWith(Prefix, StringComparison.Ordinal) ? stored[Prefix.Length..] : stored;
        string[] names = name.Split('.');
        int at = Array.FindLastIndex(names, part => Parts.Contains(part));
        if (at > 0)
        {
            string module = string.Join('.', names[..at]);
            return names[(at + 1)..] switch
            {
                [] or ["weight"] => new(module, names[at], null),
                [var adapter] => new(module, names[at], adapter),
                [var adapter, "weight"] => new(module, names[at], adapter),
                _ => null,
            };
        }

        if (names is not [_, .., Bias])
        {
            return null;
        }

        string owner = string.Join('.', names[..^1]);
        return new(
            owner.EndsWith(BaseLayer, StringComparison.Ordinal) ? owner[..^BaseLayer.Length] : owner,
            Bias,
            null
        );
    }
}
