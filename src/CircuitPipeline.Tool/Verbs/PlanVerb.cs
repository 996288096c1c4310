using System.CommandLine;
using System.Globalization;
using CircuitPipeline.Planning;
using CircuitPipeline.Study.Verbs;

namespace CircuitPipeline.Tool;

/// <summary><c>plan</c>: plans adapter ranks from the change of a circuit.</summary>
internal sealed class PlanVerb : Verb
{
    private const int Largest = 65_536;

    private static readonly Option<string> Before = Choice.Required(
        "--before",
        "A.json",
        "The circuit before fine-tuning."
    );
    private static readonly Option<string> After = Choice.Required(
        "--after",
        "B.json",
        "The circuit after fine-tuning."
    );

    private static readonly Option<string> Rule = Choice.Required(
        "--rule",
        string.Join('|', RankPlanning.Rules),
        "How layers are ordered."
    );

    private static readonly Option<string> Model = Choice.Required(
        "--model",
        "DIR",
        "The model's folder; only its 'config.json' is read."
    );

    private static readonly Option<string> TopK = Choice.Optional(
        "--top-k",
        "K",
        "How many layers are critical; by default 5."
    );
    private static readonly Option<string> Rank = Choice.Optional(
        "--rank",
        "R",
        "The rank of the other layers; by default 8."
    );

    private static readonly Option<string> CriticalRank = Choice.Optional(
        "--critical-rank",
        "R",
        "The rank of the critical layers; by default 32."
    );

    private static readonly Option<string> EqualTo = Choice.Optional(
        "--equal-to",
        "R",
        "Choose the ranks so that the plan has as many parameters as rank R everywhere."
    );

    private static readonly Option<string> Alpha = Choice.Optional(
        "--alpha-over-rank",
        "X",
        "alpha / rank of every adapter; by default 2."
    );

    private static readonly Option<string> Seed = Choice.Optional(
        "--seed",
        "N",
        "The seed of the rule 'random'; by default 0."
    );

    private static readonly Option<string> Out = Choice.Required(
        "--out",
        "DIR",
        "The folder that gets 'rank-plan.json' and 'adapter_config.json'."
    );

    internal PlanVerb()
        : base(
            "plan",
            "Plans adapter ranks from the change of a circuit; needs no tensor engine.",
            Before,
            After,
            Rule,
            Model,
            TopK,
            Rank,
            CriticalRank,
            EqualTo,
            Alpha,
            Seed,
            Out
        ) { }

    internal override Answer Run(Given given, Work work)
    {
        string rule = given.WordOrNull(Rule, RankPlanning.Rules)!;
        given.Refuse(Rank, given.Has(EqualTo), "'--equal-to' chooses the ranks");
        given.Refuse(CriticalRank, given.Has(EqualTo), "'--equal-to' chooses the ranks");
        given.Refuse(Seed, rule != "random", $"the rule '{rule}' leaves nothing to chance");
        PlanRequest request = new()
        {
            Before = given.Text(Before),
            After = given.Text(After),
            Rule = rule,
            Model = given.Text(Model),
            EqualTo = given.WholeOrNull(EqualTo, 2, Largest),
            Output = given.Text(Out),
        };
        PlannedFiles planned = RankPlanning.Run(
            request with
            {
                TopK = given.WholeOrNull(TopK, 1, 1_024) ?? request.TopK,
                Rank = given.WholeOrNull(Rank, 1, Largest) ?? request.Rank,
                CriticalRank = given.WholeOrNull(CriticalRank, 1, Largest) ?? request.CriticalRank,
                AlphaOverRank = given.RealOrNull(Alpha) ?? request.AlphaOverRank,
                Seed = given.WholeOrNull(Seed, 0, int.MaxValue) ?? request.Seed,
            }
        );
        return new Answer(planned.Document, [.. Lines(planned)]);
    }

    private static IEnumerable<string> Lines(PlannedFiles planned) =>
        [
            planned.Plan.Why,
            "What the other rules would raise:",
            .. planned.Rules.Skip(1).Select(Line),
            $"'{planned.PlanFile}', '{planned.AdapterFile}'.",
        ];

    private static string Line(RuleComparison rule) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"  {rule.Rule, -28} {string.Join(", ", rule.Critical)}; {rule.SharedWithFirst} shared with the plan"
        );
}
