using Cake.Cli;
using Cake.Common.Modules;
using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.IO;
using Cake.Core.Modules;
using Microsoft.Extensions.DependencyInjection;

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

    /// <summary>Cake's settings: environment variables, then <c>cake.config</c>.</summary>
    private static ICakeConfiguration Configuration(IServiceProvider provider)
    {
        ICakeEnvironment environment = provider.GetRequiredService<ICakeEnvironment>();
        IFileSystem files = provider.GetRequiredService<IFileSystem>();
        return new CakeConfigurationProvider(files, environment).CreateConfiguration(
            environment.WorkingDirectory,
            new Dictionary<string, string>()
        );
    }
}
