using CircuitPipeline.Reporting.Results;

namespace CircuitPipeline.Reporting.Tables;

/// <summary>The tables about accuracy.</summary>
internal static class AccuracyTables
{
    public static Table Accuracy(StudyResults results) =>
        new(
            "accuracy.csv",
            "method,role,trainable_parameters,kept_parameters,tokens,correct,total,accuracy,low,high,level,interval_from",
            results.Accuracies.Select(method =>
                (object?[])
                    [
                        method.Method,
                        method.Role.ToString().ToLowerInvariant(),
                        method.TrainableParameters,
                        method.KeptParameters ?? method.TrainableParameters,
                        method.Tokens,
                        method.Correct,
                        method.Total,
                        method.Accuracy,
                        method.Interval.Low,
                        method.Interval.High,
                        method.Interval.Level,
                        method.IntervalFrom,
                    ]
            )
        );

    public static Table Forgetting(StudyResults results) =>
        new(
            "forgetting.csv",
            "method,task,before,after,total",
            from method in results.Accuracies
            from other in method.Others
            select new object?[] { method.Method, other.Task, other.Before, other.After, other.Total }
        );

    public static Table Seeds(StudyResults results) =>
        new(
            "seeds.csv",
            "method,base,seed,correct,total,accuracy",
            from method in results.Accuracies
            from seed in method.Seeds
            select new object?[] { method.Method, seed.Base, seed.Seed, seed.Correct, seed.Total, seed.Accuracy }
        );

    public static Table Differences(StudyResults results) =>
        new(
            "differences.csv",
            "method,reference,difference,low,high,level,bases,pairs,items",
            results.Differences.Select(one =>
                (object?[])
                    [
                        one.Method,
                        one.Reference,
                        one.Difference,
                        one.Interval.Low,
                        one.Interval.High,
                        one.Interval.Level,
                        one.Bases,
                        one.Pairs,
                        one.Items,
                    ]
            )
        );

    public static Table Checkpoints(StudyResults results) =>
        new(
            "checkpoints.csv",
            "run,step,loss,validation_accuracy,faithfulness,edges",
            results.Checkpoints.Select(one =>
                (object?[])[one.Run, one.Step, one.Loss, one.ValidationAccuracy, one.Faithfulness, one.Edges]
            )
        );
}
