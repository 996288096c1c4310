using System.Collections.Immutable;
using CircuitPipeline.Circuits.Adapters;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models.Checkpoints;

namespace CircuitPipeline.Training.Adapters;

/// <summary>Which tensors each method has at a module, and their shapes.</summary>
internal static class AdapterShapes
{
    internal const string A = "lora_A";
    internal const string B = "lora_B";
    internal const string E = "lora_E";
    internal const string Factors = "ia3_l";
    internal const string Magnitude = "lora_magnitude_vector";

    /// <summary>The rank before pruning, which older versions of PEFT saved.</summary>
    internal const string RankNumber = "ranknum";

    /// <summary>The parts that a method's file may have.</summary>
    internal static ImmutableArray<string> PartsOf(AdapterMethod method) =>
        method switch
        {
            AdapterMethod.Lora => [A, B],
            AdapterMethod.Dora => [A, B, Magnitude],
            AdapterMethod.AdaLora => [A, B, E, RankNumber],
            _ => [Factors],
        };

    /// <summary>Refuses an element type that no weights have.</summary>
    internal static void MustBeReal(PeftFolder folder, TensorEntry entry)
    {
        if (entry.Dtype is not ("F64" or "F32" or "F16" or "BF16"))
        {
            throw new InvalidDataException(
                $"{folder.WeightsPath}: tensor '{entry.Name}' is stored as {entry.Dtype}, but weights are F64, F32, F16 or BF16."
            );
        }
    }

    /// <summary>Refuses a module whose tensors are missing or of other shapes.</summary>
    internal static void MustHave(
        PeftFolder folder,
        AdaptedModule module,
        IReadOnlyDictionary<(string Module, string Part), TensorEntry> tensors
    )
    {
        // What AdaLoRA pruned may still be there.
        bool isWhole =
            !module.Kept.IsEmpty
            && tensors.TryGetValue((module.Name, A), out TensorEntry? a)
            && a.Shape is [var rows, _]
            && rows == module.Kept.Length;
        int rank = isWhole ? module.Kept.Length : module.Rank;
        foreach (string part in PartsOf(folder.Config.Method))
        {
            if (!tensors.TryGetValue((module.Name, part), out TensorEntry? entry))
            {
                if (part == RankNumber)
                {
                    continue;
                }

                throw new InvalidDataException(
                    $"{folder.WeightsPath}: '{part}' of '{module.Name}' is missing, but 'target_modules' in '{PeftAdapterConfig.FileName}' ({MessageText.OneLine(folder.Config.TargetText)}) is for this module; the two files are not of one adapter."
                );
            }

            MustHaveShape(folder, entry, ShapeOf(part, module, rank), part is A or B or E ? $" and rank {rank}" : "");
        }
    }

    /// <summary>Refuses biases that no parameter has, or of other shapes, and a list of them that is not whole.</summary>
    internal static void MustHaveBiases(
        PeftFolder folder,
        TransformerConfig shape,
        IReadOnlyList<AdaptedModule> modules,
        IReadOnlyDictionary<string, TensorEntry> biases
    )
    {
        Dictionary<string, long> places = (
            folder.Config.Bias switch
            {
                AdapterBias.None => [],
                AdapterBias.LoraOnly => modules
                    .Where(module => module.Map.HasBias)
                    .Select(module => ($"{module.Path}.bias", (long)module.Map.Outputs)),
                _ => ModelBiases.Of(shape),
            }
        ).ToDictionary();
        foreach ((string parameter, TensorEntry entry) in biases)
        {
            MustHaveShape(
                folder,
                entry,
                places.TryGetValue(parameter, out long width)
                    ? [width]
                    : throw new InvalidDataException(
                        $"{folder.WeightsPath}: tensor '{entry.Name}' is a bias that the base model does not have, or that 'bias' in '{PeftAdapterConfig.FileName}' does not ask for; take the adapter's own base model{folder.BaseWords}."
                    ),
                ""
            );
        }

        if (places.Keys.FirstOrDefault(place => !biases.ContainsKey(place)) is { } missing)
        {
            throw new InvalidDataException(
                $"{folder.WeightsPath}: '{missing}' is missing, but 'bias' in '{PeftAdapterConfig.FileName}' asks for it; the two files are not of one adapter."
            );
        }
    }

    private static long[] ShapeOf(string part, AdaptedModule module, int rank) =>
        part switch
        {
            A => [rank, module.Map.Inputs],
            B => [module.Map.Outputs, rank],
            E => [rank, 1],
            RankNumber => [1],
            Magnitude => [module.Map.Outputs],
            _ => module.ScalesInput ? [1, module.Map.Inputs] : [module.Map.Outputs, 1],
        };

    private static void MustHaveShape(PeftFolder folder, TensorEntry entry, long[] expected, string reason)
    {
        if (!entry.Shape.AsSpan().SequenceEqual(expected))
        {
            throw new InvalidDataException(
                $"{folder.WeightsPath}: tensor '{entry.Name}' has shape [{string.Join(", ", entry.Shape)}], but the base model{reason} asks for [{string.Join(", ", expected)}]; take the adapter's own base model{folder.BaseWords}."
            );
        }
    }
}
