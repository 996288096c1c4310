using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Reporting.Results;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Runs;
using CircuitPipeline.Study.Spec;

namespace CircuitPipeline.Study.Report;

/// <summary>How well the union of two tasks' circuits stands for that of the task that composes them.</summary>
internal static class CompositionResults
{
    /// <summary>Adds them to a study's results; the tasks are called after those that are drawn; what is read from a file, by its key.</summary>
    internal static StudyResults With(ExperimentSpec spec, WorkItemContext context, StudyResults results)
    {
        if (!ReportInputs.Composes(spec))
        {
            return results;
        }

        ReportFiles files = new(spec, StudyTask.Trained(spec).First(), context);
        int[] bases = [.. Enumerable.Range(0, spec.Seeds.Bases)];
        return results with
        {
            Composition =
            [
                .. files
                    .Composition(0)
                    .Select(measure =>
                        measure with
                        {
                            Circuit = Named(measure.Circuit),
                            ComparedWith = Named(measure.ComparedWith),
                        }
                    ),
            ],
            Overlaps =
            [
                .. bases
                    .SelectMany(files.Overlaps)
                    .Select(overlap =>
                        overlap with
                        {
                            Circuit = Named(overlap.Circuit),
                            ComparedWith = Named(overlap.ComparedWith),
                        }
                    ),
            ],
            UnionChanges = ReportInputs.HasUnion(spec) ? [.. bases.Select(UnionOf)] : [],
        };

        string Named(string text) =>
            text.Replace("add/sub", spec.Pairs?.Circuit is null ? "add/sub" : "'circuit'")
                .Replace("mul/div", spec.Pairs?.MulDiv is null ? "mul/div" : "'mul_div'")
                .Replace("two-step", spec.Pairs?.TwoStep is null ? "two-step" : "'two_step'");

        CircuitChange UnionOf(int number)
        {
            UnionChange union = files.Union(number);
            int pairs = spec.ComposedTasks![..2].Sum(task => PairsOf(new StudyTask(task)));
            string suffix = bases.Length == 1 ? "" : $" of {ItemNames.Base(number)}";
            return CircuitChange.Of(
                $"base{suffix}",
                $"fine-tuned{suffix}",
                spec.Discover.ComparePercent,
                union.Change,
                [ResamplingFloor.Of($"base{suffix}", pairs, union.Floor)]
            );
        }

        int PairsOf(StudyTask part)
        {
            SetSizes sizes = SetSizes.Of(spec, part, new ReportFiles(spec, part, context).Imports);
            return Math.Min(sizes.Circuit, sizes.CircuitAgain);
        }
    }
}
