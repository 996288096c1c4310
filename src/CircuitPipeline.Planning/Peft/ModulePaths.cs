using System.Collections.Immutable;
using CircuitPipeline.Circuits;

namespace CircuitPipeline.Planning;

/// <summary>Where a model family keeps the linear maps of a block, in Hugging Face's names.</summary>
/// <param name="Blocks">What stands before the block's number, as a regular expression.</param>
/// <param name="Modules">Path of each map within its block, as a regular expression.</param>
/// <param name="Targets">The names that PEFT compares with the end of a path.</param>
/// <param name="TransposedWeights">Whether the family keeps weights as [in, out].</param>
internal sealed record ModulePaths(
    string Blocks,
    string Modules,
    ImmutableArray<string> Targets,
    bool TransposedWeights
)
{
    // GPT-2's two maps named c_proj are told apart by their path, but PEFT's targets are by name.
    public static ModulePaths Of(Architecture architecture) =>
        architecture switch
        {
            Architecture.GptNeoX => new(
                @"gpt_neox\.layers\.",
                @"attention\.(query_key_value|dense)|mlp\.(dense_h_to_4h|dense_4h_to_h)",
                [.. LinearModules.All.Select(module => module.Name)],
                TransposedWeights: false
            ),
            Architecture.Gpt2 => new(
                @"transformer\.h\.",
                @"attn\.(c_attn|c_proj)|mlp\.(c_fc|c_proj)",
                ["c_attn", "c_proj", "c_fc"],
                TransposedWeights: true
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(architecture)),
        };

    public string Pattern(string layers) => $@"{Blocks}({layers})\.({Modules})";
}
