using Cake.Core;
using Cake.Core.IO;

namespace CircuitPipeline.Tests.Frosting.Support;

/// <summary>The machine, but with no environment variables, and entering a directory does not move the whole test process.</summary>
internal sealed class StayingEnvironment : ICakeEnvironment
{
    private readonly CakeEnvironment _machine = new(new CakePlatform(), new CakeRuntime());

    public Dictionary<string, string> Variables { get; } = [];

    public DirectoryPath WorkingDirectory { get; set; } = AppContext.BaseDirectory;

    public DirectoryPath UserHomeDirectory => _machine.UserHomeDirectory;

    public DirectoryPath ApplicationRoot => _machine.ApplicationRoot;

    public ICakePlatform Platform => _machine.Platform;

    public ICakeRuntime Runtime => _machine.Runtime;

    public DirectoryPath GetSpecialPath(SpecialPath path) => _machine.GetSpecialPath(path);

    public string GetEnvironmentVariable(string variable) => Variables.GetValueOrDefault(variable, string.Empty);

    public IDictionary<string, string> GetEnvironmentVariables() => Variables;
}
