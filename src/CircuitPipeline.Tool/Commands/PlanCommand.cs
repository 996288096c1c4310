using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using CircuitPipeline.Circuits;
using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Graph;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Hub;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Planning;
using CircuitPipeline.Reporting.Html;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Tool.CommandLine;

namespace CircuitPipeline.Tool.Commands;

/// <summary><c>plan</c>: plans adapter ranks from the change of a circuit; needs no tensor engine.</summary>
internal sealed class PlanCommand : ToolCommand
{
    private const int Largest = AdapterRanges.MaxRank;
    private const string PlanName = "rank-plan.json";
    private const string Paper = "paper";
    private const string Chance = "random";

    private static readonly string[] Rules = [Paper, .. LayerRule.OfDiff.Select(rule => rule.Name), Chance];

    private static readonly Option<string> Before = OptionFactory.Required(
        "--before",
        "A.json",
        "The circuit before fine-tuning."
    );

    private static readonly Option<string> After = OptionFactory.Required(
        "--after",
        "B.json",
        "The circuit after fine-tuning."
    );

    private static readonly Option<string> Rule = OptionFactory.Required("--rule", Rules, "How layers are ordered.");

    private static readonly Option<string> Model = OptionFactory.Required(
        "--model",
        ModelPlace.Forms,
        "The model's folder, or its id in the Hub's cache; only its 'config.json' is read."
    );

    private static readonly Option<string> TopK = OptionFactory.Optional(
        "--top-k",
        "K",
        "How many layers are critical; by default 5."
    );

    private static readonly Option<string> Rank = OptionFactory.Optional(
        "--rank",
        "R",
        "The rank of the other layers; by default 8."
    );

    private static readonly Option<string> CriticalRank = OptionFactory.Optional(
        "--critical-rank",
        "R",
        "The rank of the critical layers; by default 32."
    );

    private static readonly Option<string> EqualTo = OptionFactory.Optional(
        "--equal-to",
        "R",
        "Choose the ranks so that the plan has as many parameters as rank R everywhere."
    );

    private static readonly Option<string> Alpha = OptionFactory.Optional(
        "--alpha-over-rank",
        "X",
        "alpha / rank of every adapter; by default 2."
    );

    private static readonly Option<string> Seed = OptionFactory.Optional(
        "--seed",
        "N",
        "The seed of the rule 'random'; by default 0."
    );

    private static readonly Option<string> Out = OptionFactory.Required(
        "--out",
        "DIR",
        "The folder that gets 'rank-plan.json' and 'adapter_config.json'."
    );

    internal PlanCommand()
        : base(
            "plan",
            "Plans adapter ranks from the change of a circuit; needs no tensor engine.",
            Before,
            After,
            Rule,
            Model,
            IgnoredParts.KeyOption,
            TopK,
            Rank,
            CriticalRank,
            EqualTo,
            Alpha,
            Seed,
            Out
        ) { }

    internal override CommandResult Run(ParsedOptions options, CommandContext context)
    {
        string ruleName = options.WordOrNull(Rule, Rules)!;
        options.Refuse(Rank, options.Has(EqualTo), "'--equal-to' chooses the ranks");
        options.Refuse(CriticalRank, options.Has(EqualTo), "'--equal-to' chooses the ranks");
        options.Refuse(Seed, ruleName != Chance, $"the rule '{ruleName}' leaves nothing to chance");
        (string before, string after) = (options.Text(Before), options.Text(After));
        string model = options.Text(Model);
        if (File.Exists(model))
        {
            throw new InvalidExperimentException(
                $"'{Model.Name}' is {MessageText.Quoted(model)}, but that is a file; name its folder."
            );
        }

        int? equalTo = options.WholeOrNull(EqualTo, 2, Largest);
        string output = options.Text(Out);
        // By default the paper's.
        int? layers = options.WholeOrNull(TopK, 1, AdapterRanges.MaxCriticalLayers);
        int topK = layers ?? 5;
        int rank = options.WholeOrNull(Rank, 1, Largest) ?? 8;
        int criticalRank = options.WholeOrNull(CriticalRank, 1, Largest) ?? 32;
        double alphaOverRank =
            options.RealOrNull(Alpha, AdapterRanges.MinAlphaOverRank, AdapterRanges.MaxAlphaOverRank) ?? 2;
        int seed = options.WholeOrNull(Seed, 0, int.MaxValue) ?? 0;

        ModelPlace place = context.Model(model);
        OutputFile planFile = OutputFile.At(Path.Combine(output, PlanName), Out.Name, [.. place.Folders]);
        OutputFile adapterFile = OutputFile.At(Path.Combine(output, PeftConfig.FileName), Out.Name, [.. place.Folders]);
        IgnoredParts ignored = IgnoredParts.Read(options);
        TransformerConfig config = ignored.Config(place.Folder);
        CircuitDiff diff = CircuitFiles.Compare(before, after, collapse: false);
        MustBeOf(config, diff.Before.Graph);
        if (layers is null && topK >= config.NLayers)
        {
            throw new InvalidExperimentException(
                $"'{TopK.Name}' is not given and is {topK} then, but the model has {Plural.Of(config.NLayers, "layer")}; "
                    + (
                        config.NLayers == 1
                            ? "a plan needs others, whose ranks the critical layers get."
                            : $"give 1 to {config.NLayers - 1}."
                    )
            );
        }

        (string, Circuit)[] circuits = [(before, diff.Before), (after, diff.After)];
        if (
            CircuitWarnings
                .Empty(before, diff.Before)
                .Concat(CircuitWarnings.Empty(after, diff.After))
                .FirstOrDefault() is
            { } empty
        )
        {
            throw new UndefinedResultException($"No plan follows, because {empty}");
        }

        LayerRule rule = ruleName == Chance ? new RandomLayers(seed) : UserErrors.Wrap(() => LayerRule.Named(ruleName));
        RankPlan plan = UserErrors.Wrap(() => new RankPlanner(config, alphaOverRank).Plan(diff, rule, Budget()));
        ImmutableArray<RuleComparison> rules = RuleComparison.Of(diff, topK, [rule, .. OtherRules(diff, rule)]);
        RankPlanDocument document = RankPlanDocument.Of(plan, rules);
        planFile.Write(StageJson.Write(document));
        adapterFile.Write(PeftConfig.Write(plan, config, place.Hub?.Id.Name ?? place.Folder, place.Hub?.Commit));
        return new CommandResult(
            document,
            [
                plan.Why,
                "What the other rules would raise:",
                .. rules.Skip(1).Select(Line),
                $"'{planFile.FullPath}', '{adapterFile.FullPath}'.",
            ]
        )
        {
            Ignored = ignored.OfConfig(),
            Warnings =
            [
                .. CircuitWarnings.OfEach(circuits),
                .. CircuitWarnings.OfDifferentOrigin(diff.Before, diff.After),
                .. Unchanged(rules[0], topK),
                .. Level(plan),
            ],
        };

        RankBudget Budget() =>
            equalTo is int uniform ? RankBudget.EqualTo(uniform, topK) : RankBudget.Given(rank, criticalRank, topK);
    }

    private static IEnumerable<string> Unchanged(RuleComparison rule, int topK)
    {
        int[] unchanged = [.. rule.Order.Take(topK).Where(layer => layer.Value == 0).Select(layer => layer.Layer)];
        if (unchanged.Length > 0)
        {
            yield return $"the rule '{rule.Rule}' finds 0 in layer {string.Join(", ", unchanged)}, raised only for coming first; choose fewer critical layers.";
        }
    }

    private static IEnumerable<string> Level(RankPlan plan)
    {
        if (plan.CriticalLayers.All(layer => plan.Pattern.RankOf(layer) == plan.Pattern.DefaultRank))
        {
            yield return $"the critical rank is {plan.Pattern.DefaultRank}, which is the others' as well, so no layer is raised; give a '{CriticalRank.Name}' above '{Rank.Name}'.";
        }
    }

    private static void MustBeOf(TransformerConfig config, ComputationGraph graph)
    {
        ComputationGraph own = new(
            config.NLayers,
            config.NHeads,
            config.ParallelBlocks,
            config.DModel,
            graph.IsCollapsed
        );
        if (!own.HasShapeOf(graph) || (graph.DModel ?? own.DModel) != own.DModel)
        {
            throw new InvalidExperimentException(
                $"The circuits are of a model of {graph}{Width(graph)}, but the model's '{Checkpoint.ConfigFile}' says {own}{Width(own)}; name the model that the circuits are of."
            );
        }
    }

    private static string Width(ComputationGraph graph) => graph.DModel is int width ? $", {width} wide" : "";

    // A circuit without scores has flips only.
    private static IEnumerable<LayerRule> OtherRules(CircuitDiff diff, LayerRule rule) =>
        LayerRule.OfDiff.Where(other =>
            other != rule
            && (diff.Layers[0].Scores is not null || other is ScoredLayerRule { Measure: LayerMeasure.Flips })
        );

    private static string Line(RuleComparison rule) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"  {rule.Rule, -28} {(rule.Order.All(layer => layer.Value == 0) ? "none: its sum is 0 in every layer" : $"{string.Join(", ", rule.Critical)}; {rule.SharedWithFirst} shared with the plan")}"
        );

    /// <summary>A rank plan as <c>rank-plan.json</c>: the ranks, why, and how the choice depends on the rule.</summary>
    /// <param name="Rule">The layer rule.</param>
    /// <param name="Why">The plan's reason, in a sentence.</param>
    /// <param name="CriticalLayers">Layers with the higher rank, the most critical first.</param>
    /// <param name="Ranks">The rank of each layer.</param>
    /// <param name="AlphaOverRank">alpha / rank of every adapter.</param>
    /// <param name="TrainableParameters">Parameters that the adapters train, exactly.</param>
    /// <param name="BudgetParameters">Parameters of the uniform rank that the plan was to meet; null when ranks were given.</param>
    /// <param name="Rules">The layers that each rule would raise, the plan's rule first.</param>
    private sealed record RankPlanDocument(
        string Rule,
        string Why,
        int[] CriticalLayers,
        int[] Ranks,
        double AlphaOverRank,
        long TrainableParameters,
        long? BudgetParameters,
        RuleChoice[] Rules
    )
    {
        internal static RankPlanDocument Of(RankPlan plan, ImmutableArray<RuleComparison> rules) =>
            new(
                plan.Rule,
                plan.Why,
                [.. plan.CriticalLayers],
                [.. plan.RanksByLayer(rules[0].Order.Length)],
                plan.AlphaOverRank,
                plan.TrainableParameters,
                plan.BudgetParameters,
                [.. rules.Select(RuleChoice.Of)]
            );
    }

    /// <summary>What one layer rule would choose.</summary>
    /// <param name="Rule">The rule's name.</param>
    /// <param name="CriticalLayers">The layers that it would raise, the most critical first.</param>
    /// <param name="SharedWithPlan">How many of them the plan raises too.</param>
    /// <param name="OutlyingLayers">The paper's fallback: layers at or above the mean + standard deviation of the rule's numbers.</param>
    private sealed record RuleChoice(string Rule, int[] CriticalLayers, int SharedWithPlan, int[] OutlyingLayers)
    {
        internal static RuleChoice Of(RuleComparison rule) =>
            new(
                rule.Rule,
                [.. rule.Critical],
                rule.SharedWithFirst,
                rule.Order.Any(layer => layer.Value is null) ? [] : [.. Planning.OutlyingLayers.Of(rule.Order)]
            );
    }
}
