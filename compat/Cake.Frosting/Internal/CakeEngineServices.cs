using Cake.Cli;
using Cake.Common.Modules;
using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.IO;
using Cake.Core.Modules;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console.Cli;

namespace Cake.Frosting.Internal;

/// <summary>What a build consists of before it says anything itself.</summary>
internal static class CakeEngineServices
{
    public static void AddCakeEngine(this IServiceCollection services)
    {
        services.AddCakeDiagnostics();
        services.UseModule<CoreModule>();
        services.UseModule<CommonModule>();
        services.AddSingleton(Configuration);

        services.AddSingleton<IVersionResolver, VersionResolver>();
        services.AddSingleton<VersionFeature>();
        services.AddSingleton<InfoFeature>();

        services.AddSingleton<BuildScriptHost<IFrostingContext>>();
        services.AddSingleton<DryRunScriptHost<IFrostingContext>>();
        services.AddSingleton<TreeScriptHost>();
        services.AddSingleton<DescriptionScriptHost>();

        services.AddSingleton<BuildRunner>();
        services.AddSingleton<IFrostingContext, FrostingContext>();
    }

    /// <summary>Cake's settings: environment variables, then <c>cake.config</c>, then the command line.</summary>
    private static ICakeConfiguration Configuration(IServiceProvider provider)
    {
        ICakeEnvironment environment = provider.GetRequiredService<ICakeEnvironment>();
        ILookup<string, string?> arguments = provider.GetRequiredService<IRemainingArguments>().Parsed;
        return new CakeConfigurationProvider(
            provider.GetRequiredService<IFileSystem>(),
            environment
        ).CreateConfiguration(
            environment.WorkingDirectory,
            arguments.ToDictionary(argument => argument.Key, argument => argument.First() ?? string.Empty)
        );
    }
}
