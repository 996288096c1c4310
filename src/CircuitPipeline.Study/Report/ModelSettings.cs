using System.Globalization;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Reporting.Results;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Report;

/// <summary>What the base model is, and where it is from.</summary>
internal static class ModelSettings
{
    private const int ShownDigits = 12;

    internal static Setting Model(ReportFiles files) =>
        new(
            "model",
            $"{Shape(files.Shape)}, {files.Origin?.Dtype ?? ModelCheckpointSpec.Float32}",
            files.Origin is { } origin
                ? string.Join("; ", Origin(origin))
                : "small enough to train and to take apart on one core"
        );

    private static string Shape(TransformerConfig config) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Family(config)}, {config.NLayers} layers, width {config.DModel}, {config.NHeads} heads, MLP {config.DMlp}"
        );

    // The families' own names of themselves; our own model's is the report's since its first page.
    private static string Family(TransformerConfig config) =>
        config.Architecture == Architecture.GptNeoX ? "GPT-NeoX" : config.Family.ModelType;

    private static IEnumerable<string> Origin(BaseModelOrigin origin)
    {
        yield return From(origin.Hub, origin.Revision, origin.Files);
        if (origin.Adapter is { } adapter)
        {
            yield return $"with an adapter {From(adapter.Hub, adapter.Revision, adapter.Files)} merged into it";
        }

        if (origin.IgnoreKeys is { Length: > 0 } keys)
        {
            yield return $"keys passed over: {MessageText.OneLine(string.Join(", ", keys))}";
        }

        if (origin.IgnoreTensors is { Length: > 0 } tensors)
        {
            yield return $"tensors left out: {MessageText.OneLine(string.Join(", ", tensors))}";
        }
    }

    private static string From(string? hub, string? revision, ModelFile[] files) =>
        hub is null
            ? FromFolder(files.First(file => file.HoldsWeights))
            : $"{hub} of the Hub, commit {revision![..ShownDigits]}";

    private static string FromFolder(ModelFile weights) =>
        $"from a folder, SHA-256 of {weights.Name}: {weights.Sha256[..ShownDigits]}";
}
