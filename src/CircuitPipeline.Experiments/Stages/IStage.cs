namespace CircuitPipeline.Experiments;

/// <summary>One stage of the study: says which work items there are; the runner decides which of them must run.</summary>
public interface IStage
{
    /// <summary>The stage's name, as in the <see cref="StageGraph"/>.</summary>
    string Name { get; }

    /// <summary>Part of every key; raised when results change though no source of the stage did.</summary>
    int Version { get; }

    /// <summary>Which sources make up the stage; part of every key.</summary>
    StageCode Code { get; }

    /// <summary>The stage's work items for a spec; quick, and without reading any artifact.</summary>
    /// <param name="spec">The whole spec; each item takes its own slice out of it.</param>
    IEnumerable<WorkItem> Plan(ExperimentSpec spec);
}
