using System.Reflection;
using Cake.Frosting.Internal;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console.Cli;

namespace Cake.Frosting;

/// <summary>Finds the tasks of a build, parses the command line, and runs the targets on Cake's engine.</summary>
public sealed class CakeHost
{
    private readonly ServiceCollection _services = new();
    private readonly List<Assembly> _assemblies = [];

    public CakeHost()
    {
        _services.AddCakeEngine();
        if (Assembly.GetEntryAssembly() is { } program)
        {
            _assemblies.Add(program);
        }
    }

    /// <summary>Public task classes of this assembly join those of the program.</summary>
    public CakeHost AddAssembly(Assembly assembly)
    {
        _assemblies.Add(assembly);
        return this;
    }

    public CakeHost ConfigureServices(Action<IServiceCollection> services)
    {
        services(_services);
        return this;
    }

    /// <summary>Returns 0, or -1 (seen by the shell as 255) whatever went wrong.</summary>
    public int Run(IEnumerable<string> args)
    {
        foreach (Type task in _assemblies.SelectMany(assembly => assembly.GetExportedTypes()).Where(IsTask))
        {
            _services.AddSingleton(typeof(IFrostingTask), task);
        }

        Cake.Cli.TypeRegistrar registrar = new();
        registrar.RegisterInstance(typeof(IServiceCollection), _services);
        return new CommandApp<RunCommand>(registrar).Run(args);
    }

    private static bool IsTask(Type type) =>
        type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IFrostingTask));
}
