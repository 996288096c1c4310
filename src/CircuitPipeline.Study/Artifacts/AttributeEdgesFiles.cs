using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Study.Runs;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Artifacts;

/// <summary>The scores of all edges, and the items that make them.</summary>
internal static class AttributeEdgesFiles
{
    internal const string StageName = "AttributeEdges";
    internal const string ScoresName = "scores.json";

    /// <summary>The models of a study, each with the sets of pairs that its edges are scored with.</summary>
    internal static IEnumerable<(StudyModel Model, string Pairs)> All(ExperimentSpec spec) =>
        from model in StudyModel.All(spec)
        from pairs in PairsOf(model, spec)
        select (model, pairs);

    /// <summary>The checkpoints, the base model being 0, whose circuits are found once more from other pairs.</summary>
    internal static IEnumerable<int> WithFloor(ExperimentSpec spec) =>
        spec.Discover.Floors == "ends" ? [0, spec.FineTune.Steps] : [0, .. spec.FineTune.Checkpoints];

    /// <summary>The work item of a model and the pairs that its edges are scored with.</summary>
    internal static string ItemOf(StudyModel model, string pairs) =>
        pairs switch
        {
            PairSets.First => model.Name,
            PairSets.Second => $"{model.Name}-again",
            _ => $"{model.Name}-{pairs}",
        };

    /// <summary>The scores of a model's edges.</summary>
    internal static ItemInput ScoresOf(StudyModel model, string pairs) =>
        new(StageName, ItemOf(model, pairs), ScoresName);

    private static string[] PairsOf(StudyModel model, ExperimentSpec spec) =>
        [
            PairSets.First,
            .. WithFloor(spec).Contains(model.Step) ? (string[])[PairSets.Second] : [],
            .. model.Step == 0 && spec.ComposesDrawn ? PairSets.OfOtherTasks : [],
        ];
}
