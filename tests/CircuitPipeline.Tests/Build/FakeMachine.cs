using CircuitPipeline.BuildHost;

namespace CircuitPipeline.Tests.BuildHost;

/// <summary>A machine of root's with apt-get, on which every program ends well, unless a test says otherwise.</summary>
internal sealed class FakeMachine : IMachine
{
    public bool IsRoot { get; set; } = true;

    public HashSet<string> Programs { get; } = ["apt-get"];

    /// <summary>The command lines run, without what is the same in all of them.</summary>
    public List<string> Ran { get; } = [];

    public Func<string, string[], int> OnRun { get; set; } = (_, _) => 0;

    public bool HasProgram(string name) => Programs.Contains(name);

    public int Run(string program, string[] arguments, string? log = null)
    {
        Ran.Add($"{program} {string.Join(' ', arguments)}");
        return OnRun(program, arguments);
    }
}
