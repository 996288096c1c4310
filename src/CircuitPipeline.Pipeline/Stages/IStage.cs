using CircuitPipeline.Pipeline.Code;

namespace CircuitPipeline.Pipeline.Stages;

/// <summary>One stage of the study: says which work items there are; the runner decides which of them must run.</summary>
public interface IStage
{
    /// <summary>The stage's name, as in the <see cref="StageGraph"/>.</summary>
    string Name { get; }

    /// <summary>Part of every key; raised when results change though no source of the stage did.</summary>
    int Version { get; }

    /// <summary>Which sources make up the stage; part of every key.</summary>
    /// <value>By default what the stage's type reaches.</value>
    StageCode Code => StageCode.Of(GetType());

    /// <summary>The stage's work items; quick, and without reading any artifact.</summary>
    IEnumerable<WorkItem> Plan();
}
