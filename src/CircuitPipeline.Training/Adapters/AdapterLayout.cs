using CircuitPipeline.Circuits.Adapters;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models.Checkpoints;

namespace CircuitPipeline.Training.Adapters;

/// <summary>Which tensor of an adapter's file belongs where in a model: each has a place, and each place has its tensor.</summary>
/// <param name="Names">How the file names modules.</param>
/// <param name="Modules">The linear maps that are changed.</param>
/// <param name="Tensors">Their tensors, by the module's name and the part.</param>
/// <param name="Biases">Biases in place of the base model's, by the name of the parameter.</param>
internal sealed record AdapterLayout(
    ModuleNames Names,
    IReadOnlyList<AdaptedModule> Modules,
    IReadOnlyDictionary<(string Module, string Part), TensorEntry> Tensors,
    IReadOnlyDictionary<string, TensorEntry> Biases
)
{
    /// <summary>Finds the places by names and shapes alone.</summary>
    /// <exception cref="InvalidDataException">A tensor has no place, is missing, comes twice, or has another shape.</exception>
    internal static AdapterLayout Of(PeftFolder folder, TransformerConfig shape) => new Search(folder, shape).Result();

    private sealed class Search(PeftFolder folder, TransformerConfig shape)
    {
        private readonly Dictionary<(string Module, string Part), TensorEntry> _tensors = [];
        private readonly Dictionary<string, TensorEntry> _biases = new(StringComparer.Ordinal);

        private PeftAdapterConfig Config => folder.Config;

        private string Model => $"'{shape.Family.ModelType}' model with {shape.NLayers} layers";

        internal AdapterLayout Result()
        {
            ModuleNames names = NamesOf();
            IReadOnlyList<AdaptedModule> modules = Config.ModulesOf(shape, names);
            Dictionary<string, AdaptedModule> byName = modules.ToDictionary(module => module.Name);
            foreach (TensorEntry entry in folder.Entries)
            {
                AdapterTensorName name = NameOf(entry);
                if (name.Part == AdapterTensorName.Bias)
                {
                    AddBias(entry, names, name.Module);
                }
                else
                {
                    AddTensor(entry, name, byName);
                }
            }

            foreach (AdaptedModule module in modules)
            {
                AdapterShapes.MustHave(folder, module, _tensors);
            }

            AdapterShapes.MustHaveBiases(folder, shape, modules, _biases);
            return new AdapterLayout(names, modules, _tensors, _biases);
        }

        private AdapterTensorName NameOf(TensorEntry entry) => AdapterTensorName.Of(entry.Name) ?? throw NoPlace(entry);

        // The first tensor decides; all others must go by the same names.
        private ModuleNames NamesOf()
        {
            TensorEntry first =
                folder.Entries.FirstOrDefault(entry =>
                    AdapterTensorName.Of(entry.Name) is { Part: not AdapterTensorName.Bias }
                )
                ?? throw new InvalidDataException(
                    $"{folder.WeightsPath}: none of its {folder.Entries.Count} tensors is of an adapter; name the folder of one."
                );
            string module = AdapterTensorName.Of(first.Name)!.Module;
            string blocks = shape.Family.BlocksPath;
            IReadOnlyList<LinearShape> maps = shape.LinearMaps;
            return ModuleNames
                    .Of(shape.Family)
                    .FirstOrDefault(names =>
                        maps.Any(map =>
                            Enumerable
                                .Range(0, shape.NLayers)
                                .Any(layer => names.Of($"{blocks}.{layer}.{map.Path}") == module)
                        )
                    )
                ?? throw NoPlace(first);
        }

        private void AddTensor(TensorEntry entry, AdapterTensorName name, Dictionary<string, AdaptedModule> modules)
        {
            if (!modules.TryGetValue(name.Module, out AdaptedModule? module))
            {
                throw NoPlace(entry);
            }

            bool isExtra = name.Part.EndsWith("_extra", StringComparison.Ordinal);
            string part = isExtra ? name.Part[..^"_extra".Length] : name.Part;
            if (isExtra != module.IsCritical || !AdapterShapes.PartsOf(Config.Method).Contains(part))
            {
                throw new InvalidDataException(
                    $"{folder.WeightsPath}: tensor '{entry.Name}' does not belong to {Config.MethodName}, as '{PeftAdapterConfig.FileName}' says of its module; its file and the weights are not of one adapter."
                );
            }

            AddOnce(_tensors, (name.Module, part), entry);
        }

        private void AddBias(TensorEntry entry, ModuleNames names, string module)
        {
            string parameter = $"{names.Missing}{module}.bias";
            if (shape.Family.DerivedBuffers.Any(end => parameter.EndsWith(end, StringComparison.Ordinal)))
            {
                return;
            }

            if (Config.Bias == AdapterBias.None)
            {
                throw new InvalidDataException(
                    $"{folder.WeightsPath}: tensor '{entry.Name}' is a bias, but 'bias' in '{PeftAdapterConfig.FileName}' is 'none'; the two files are not of one adapter."
                );
            }

            AddOnce(_biases, parameter, entry);
        }

        private void AddOnce<TKey>(Dictionary<TKey, TensorEntry> known, TKey key, TensorEntry entry)
            where TKey : notnull
        {
            AdapterShapes.MustBeReal(folder, entry);
            if (!known.TryAdd(key, entry))
            {
                throw new InvalidDataException(
                    $"{folder.WeightsPath}: tensors '{known[key].Name}' and '{entry.Name}' are for one place, but an adapter has one value there; save one adapter by itself."
                );
            }
        }

        private InvalidDataException NoPlace(TensorEntry entry) =>
            new(
                $"{folder.WeightsPath}: tensor '{entry.Name}' has no place in this {Model} by 'target_modules' ({MessageText.OneLine(Config.TargetText)}); "
                    + $"take the adapter's own base model{folder.BaseWords}."
            );
    }
}
