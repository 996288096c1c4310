using Cake.Core;
using Cake.Frosting;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace CircuitPipeline.Tests.Frosting.Support;

/// <summary>A build on a real host, whose tasks note what they do and whose console is kept.</summary>
internal sealed class NotedBuild
{
    public NotedBuild(params Type[] tasks)
    {
        Host = new CakeHost().UseContext<NotedContext>().ConfigureServices(Record);
        foreach (Type task in tasks)
        {
            Host.ConfigureServices(services => services.AddSingleton(typeof(IFrostingTask), task));
        }
    }

    public CakeHost Host { get; }

    public Notes Notes { get; } = new();

    public RecordingConsole Console { get; } = new();

    public StayingEnvironment Environment { get; } = new();

    /// <summary>Everything that was printed, errors excepted.</summary>
    public string Printed => Console.Out.ToString();

    /// <summary>Returns the exit code as a shell sees it.</summary>
    public int Run(params string[] args) => (byte)Host.Run(args);

    private void Record(IServiceCollection services)
    {
        services.AddSingleton(Notes);
        services.AddSingleton<ICakeEnvironment>(Environment);
        services.AddSingleton<IConsole>(Console);
        services.AddSingleton(
            AnsiConsole.Create(
                new AnsiConsoleSettings
                {
                    Ansi = AnsiSupport.No,
                    ColorSystem = ColorSystemSupport.NoColors,
                    Out = new AnsiConsoleOutput(Console.Out),
                }
            )
        );
    }
}
