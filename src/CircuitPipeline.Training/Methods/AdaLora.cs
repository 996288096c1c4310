using CircuitPipeline.Models;
using CircuitPipeline.Training.Adapters;
using static TorchSharp.torch;

namespace CircuitPipeline.Training.Methods;

/// <summary>Updates B (A ∘ E) that start with more rows than asked for and lose those that matter least (Zhang et al. 2023, arXiv:2303.10512).</summary>
/// <remarks>
/// <code>
/// after each step before the last phase:
///   1. sensitivities of all entries of A, B and E are smoothed, see <see cref="EntrySensitivity"/>
///   2. in the second phase, a row's score = that of its E + the mean of its A + the mean of its B
///   3. the lowest rows of all maps together get E = 0, so that as many stay as the schedule says; they may come back
/// in the last phase: the rows of the last allocation stay as they are
/// </code>
/// The ranks of the settings together are what is kept at the end; all maps start with the same rank. alpha is alpha / rank times the
/// first rank, so s hardly differs from LoRA's. Differs from PEFT in that rows of one score are not pruned together: the later of them go first.
/// </remarks>
/// <param name="options">Null for the defaults.</param>
public sealed class AdaLora(AdaLoraOptions? options = null) : IAdapterMethod
{
    /// <summary>The method's name in specs and reports.</summary>
    public const string Name = "adalora";

    string IAdapterMethod.Name => Name;

    /// <inheritdoc/>
    public string Summary =>
        "Updates that start with more rows and lose those that matter least, over all maps together.";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">No map has a rank, the first rank is too low, or the phases leave no step between them.</exception>
    public TrainedAdapter Attach(Transformer model, AdapterSettings settings, Generator random)
    {
        AdaLoraOptions chosen = options ?? new();
        ModelLinear[] linears = [.. model.LinearModules.Where(linear => settings.RankOf(linear) > 0)];
        if (linears.Length == 0)
        {
            throw new ArgumentException(
                "No map has a rank above 0, so AdaLoRA has nothing to train; give one at least."
            );
        }

        int target = linears.Sum(settings.RankOf);
        int first = chosen.InitialRank ?? (3 * target + 2 * linears.Length - 1) / (2 * linears.Length);
        RankSchedule schedule = new(
            first * linears.Length,
            target,
            chosen.WarmupSteps ?? settings.Steps / 10,
            chosen.FinalSteps ?? settings.Steps / 5,
            settings.Steps,
            chosen.Interval
        );
        double alpha = settings.AlphaOverRank * first;
        // The small number is PEFT's guard against a rank of 0.
        AdaLoraLinear[] updates =
        [
            .. linears.Select(linear => AdaLoraLinear.Fresh(linear, first, alpha / (first + 1e-5), random)),
        ];
        return new AdaLoraAdapter(model, updates, new AdaLoraPlan(chosen, schedule, first, alpha));
    }
}

/// <summary>What can be chosen about AdaLoRA.</summary>
public sealed record AdaLoraOptions
{
    /// <summary>The rank at each map before pruning.</summary>
    /// <value>The default is one and a half times the mean of the ranks asked for, rounded up, as PEFT's 12 for 8.</value>
    public int? InitialRank { get; init; }

    /// <summary>Steps before the first pruning (PEFT's <c>tinit</c>).</summary>
    /// <value>The default is a tenth of all.</value>
    public int? WarmupSteps { get; init; }

    /// <summary>Steps with the last ranks (PEFT's <c>tfinal</c>).</summary>
    /// <value>The default is a fifth of all.</value>
    public int? FinalSteps { get; init; }

    /// <summary>Steps from one allocation to the next (PEFT's <c>deltaT</c>).</summary>
    /// <value>The default is 1.</value>
    public int Interval { get; init; } = 1;

    /// <summary>The weight of the past in smoothed sensitivities, β₁.</summary>
    /// <value>The default is 0.85.</value>
    public double Beta1 { get; init; } = 0.85;

    /// <summary>The weight of the past in their smoothed uncertainty, β₂.</summary>
    /// <value>The default is 0.85.</value>
    public double Beta2 { get; init; } = 0.85;

    /// <summary>The factor of the term of the loss that keeps rows of A and columns of B orthogonal and of length 1.</summary>
    /// <value>The default is 0.5.</value>
    public double OrthogonalWeight { get; init; } = 0.5;
}

/// <summary>A run's options with all that follows from ranks and steps.</summary>
/// <param name="Options">The options.</param>
/// <param name="Schedule">How many rows stay, step by step.</param>
/// <param name="InitialRank">Rows of A at each map.</param>
/// <param name="Alpha">PEFT's <c>lora_alpha</c>.</param>
internal sealed record AdaLoraPlan(AdaLoraOptions Options, RankSchedule Schedule, int InitialRank, double Alpha);
