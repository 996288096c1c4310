using Cake.Cli;
using Cake.Cli.Infrastructure;
using Cake.Core;
using Cake.Core.Diagnostics;
using Cake.Core.IO;
using Cake.Core.Scripting;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console.Cli;

namespace Cake.Frosting.Internal;

/// <summary>The one command of a build: does what the options say and turns every failure into one line and -1.</summary>
internal sealed class RunCommand(IServiceCollection services) : Command<RunSettings>
{
    public override int Execute(CommandContext context, RunSettings settings, CancellationToken cancellationToken)
    {
        services.AddSingleton<ICakeArguments>(context.Remaining.ToCakeArguments(settings.Targets));
        ServiceProvider provider = services.BuildServiceProvider();
        try
        {
            Execute(settings, provider);
            return 0;
        }
        catch (Exception exception)
        {
            provider.GetRequiredService<ICakeLog>().LogException(exception);
            return -1;
        }
    }

    private static void Execute(RunSettings settings, IServiceProvider provider)
    {
        if (settings.Version)
        {
            provider.GetRequiredService<VersionFeature>().Run(provider.GetRequiredService<IConsole>());
            return;
        }

        if (settings.Info)
        {
            provider.GetRequiredService<InfoFeature>().Run(provider.GetRequiredService<IConsole>());
            return;
        }

        provider.GetRequiredService<ICakeLog>().Verbosity = settings.Verbosity;
        EnterWorkingDirectory(settings, provider);
        provider.GetRequiredService<BuildRunner>().Run(Host(settings, provider), settings.Targets, settings.Exclusive);
    }

    private static void EnterWorkingDirectory(RunSettings settings, IServiceProvider provider)
    {
        ICakeEnvironment environment = provider.GetRequiredService<ICakeEnvironment>();
        DirectoryPath? chosen = settings.WorkingDirectory ?? provider.GetService<WorkingDirectory>()?.Path;
        DirectoryPath directory = chosen?.MakeAbsolute(environment) ?? environment.WorkingDirectory;
        if (!provider.GetRequiredService<IFileSystem>().Exist(directory))
        {
            throw new FrostingException($"The working directory '{directory.FullPath}' does not exist.");
        }

        environment.WorkingDirectory = directory;
    }

    private static IScriptHost Host(RunSettings settings, IServiceProvider provider) =>
        settings switch
        {
            { DryRun: true } => provider.GetRequiredService<DryRunScriptHost<IFrostingContext>>(),
            { Tree: true } => provider.GetRequiredService<TreeScriptHost>(),
            { Description: true } => provider.GetRequiredService<DescriptionScriptHost>(),
            _ => provider.GetRequiredService<BuildScriptHost<IFrostingContext>>(),
        };
}
