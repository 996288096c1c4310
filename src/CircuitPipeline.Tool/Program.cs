using System.Runtime.InteropServices;
using System.Text.Json;
using CircuitPipeline.Experiments;

using var stop = new CancellationTokenSource();
int signal = 0;
void Receive(PosixSignalContext context)
{
    context.Cancel = signal == 0;
    signal = context.Signal == PosixSignal.SIGINT ? 130 : 143;
    stop.Cancel();
}
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Receive);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Receive);
string? Value(string name) => Array.IndexOf(args, name) is var at and >= 0 ? args[at + 1] : null;
if (args.Contains("--help"))
{
    Console.WriteLine("circuit run|explain --root DIR --experiment NAME|PATH --target STAGE");
    return 0;
}
try
{
    string root = Value("--root") ?? ".";
    string target = Value("--target") ?? "Report";
    StudySession session = StudySession.Open(
        new RunOptions
        {
            RootFolder = root,
            Experiment = Value("--experiment") ?? "tiny",
            Device = Value("--device") ?? "cpu",
            UpdateLock = args.Contains("--update-lock"),
            Output = args.Contains("--json") ? Console.Error : Console.Out,
        }
    );
    if (args[0] == "explain")
    {
        foreach (ItemDecision decision in session.Explain(target))
            Console.WriteLine(decision);
        return 0;
    }

    foreach (StageDescription stage in StageGraph.Default.UpTo(target))
        session.RunStage(stage.Name, stop.Token);
    if (args.Contains("--json"))
        Console.WriteLine(
            JsonSerializer.Serialize(
                new
                {
                    study = session.Spec.Study,
                    folder = Path.GetFullPath(Path.Combine(root, "artifacts", session.Spec.Study)),
                }
            )
        );
    return 0;
}
catch (InvalidExperimentException problem)
{
    Console.Error.WriteLine(
        problem.Message.Contains("): error CP", StringComparison.Ordinal)
            ? problem.Message
            : $"Error: {problem.Message}"
    );
    return 2;
}
catch (Exception problem) when (problem is StageFailedException or OperationCanceledException)
{
    Console.Error.WriteLine($"Error: {problem.Message}");
    return signal == 0 ? 1 : signal;
}
