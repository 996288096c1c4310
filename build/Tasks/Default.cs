using Cake.Frosting;

namespace CircuitPipeline.BuildHost;

[TaskName("Default")]
[TaskDescription("Runs the whole study.")]
[IsDependentOn(typeof(Report))]
public sealed class Default : FrostingTask;
