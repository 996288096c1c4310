using Cake.Frosting;
using CircuitPipeline.BuildHost;
using CircuitPipeline.Pipeline.Running;
using Microsoft.Extensions.DependencyInjection;

string[] tasks = TaskNames.Of(typeof(BuildContext).Assembly);
if (CommandLineCheck.Problem(args, tasks) is { } problem)
{
    Console.Error.WriteLine($"Error: {problem}");
    return ExitCode.WrongInput;
}

using Interruption interruption = new();
Outcome outcome = new();
int frosting = new CakeHost()
    .ConfigureServices(services =>
        services
            .AddSingleton(outcome)
            .AddSingleton(interruption)
            .AddSingleton(DryRun.Of(args))
            .AddSingleton<IMachine>(new Machine(Environment.GetEnvironmentVariable, interruption.Token))
    )
    .UseContext<BuildContext>()
    .UseLifetime<BuildLifetime>()
    .Run(args);

// Cake prints its own summary after the last task; the totals must come after that, alone on the last line.
if (outcome.Tests is { } tests)
{
    Console.Error.Flush();
    Console.WriteLine(tests);
}

return ExitCode.Of(frosting, outcome.Failure, interruption);
