using System.Collections.Immutable;
using System.CommandLine;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Study.Imports;
using CircuitPipeline.Tool.CommandLine;

namespace CircuitPipeline.Tool.Commands;

/// <summary>What a command line tells to pass over in a model's folder, and the options that say it.</summary>
/// <param name="Keys">Keys of <c>config.json</c> that are not known.</param>
/// <param name="Patterns">Patterns of names of tensors.</param>
internal sealed record IgnoredParts(ImmutableArray<string> Keys, ImmutableArray<string> Patterns)
{
    /// <summary>The option of commands that read a configuration.</summary>
    internal static readonly Option<string[]> KeyOption = OptionFactory.Repeated(
        "--ignore-key",
        "NAME",
        "A key of 'config.json' that is passed over though it is not known; may be given several times."
    );

    /// <summary>The option of commands that read weights as well.</summary>
    internal static readonly Option<string[]> TensorsOption = OptionFactory.Repeated(
        "--ignore-tensors",
        "PATTERN",
        "Names of tensors that the model has no place for, as 'v_head.*'; may be given several times."
    );

    /// <summary>Both options, of commands that read weights.</summary>
    internal static Option[] All { get; } = [KeyOption, TensorsOption];

    /// <summary>Nothing.</summary>
    internal static IgnoredParts None { get; } = new([], []);

    /// <summary>As the reader of checkpoints takes it.</summary>
    internal CheckpointOptions Checkpoint => new() { IgnoredKeys = Keys, IgnoredTensors = Patterns };

    /// <summary>Reads the values from a command line.</summary>
    internal static IgnoredParts Read(ParsedOptions options) =>
        new([.. options.Texts(KeyOption).Distinct()], [.. options.Texts(TensorsOption).Distinct()]);

    /// <summary>The configuration of a model.</summary>
    /// <param name="place">The file, or the model's folder.</param>
    /// <exception cref="InvalidExperimentException">A key that is to be ignored is not there, or is known: ignoring it changes nothing.</exception>
    internal TransformerConfig Config(string place)
    {
        TransformerConfig config = HuggingFaceConfig.Read(place, Keys);
        return CheckpointOmissions.UselessKeys(place, Keys).FirstOrDefault() is { } useless
            ? throw new InvalidExperimentException(
                $"'{KeyOption.Name}' is {MessageText.Quoted(useless)}, but the model's '{Models.Checkpoints.Checkpoint.ConfigFile}' has no such key, or the key is known and read as it stands; leave the option out."
            )
            : config;
    }

    /// <summary>The names of the tensors that are left out.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <exception cref="InvalidExperimentException">A pattern matches none.</exception>
    internal ImmutableArray<string> TensorsOf(string folder)
    {
        if (Patterns.IsEmpty)
        {
            return [];
        }

        string[] names = CheckpointOmissions.NamesOf(folder);
        return CheckpointOmissions.UselessPatterns(names, Patterns).FirstOrDefault() is { } useless
            ? throw new InvalidExperimentException(
                $"'{TensorsOption.Name}' is {MessageText.Quoted(useless)}, but no tensor of the model has such a name; leave the option out."
            )
            : [.. names.Where(Checkpoint.LeavesOut)];
    }

    /// <summary>What is left out of a model of which only the configuration is read; null for nothing.</summary>
    internal IgnoredNames? OfConfig() => Keys.IsEmpty ? null : new IgnoredNames(Keys, []);

    /// <summary>What is left out of a model; null for nothing.</summary>
    /// <param name="folder">The model's folder.</param>
    internal IgnoredNames? Of(string folder) =>
        Keys.IsEmpty && Patterns.IsEmpty ? null : new IgnoredNames(Keys, TensorsOf(folder));
}
