using CircuitPipeline.BuildHost;
using LibTorch;

namespace CircuitPipeline.Tests.BuildHost;

/// <summary>A machine on which everything is there, unless a test says otherwise.</summary>
internal sealed class FakeMachine : IMachine
{
    public static readonly LibTorchInstallation SystemLibTorch = new(
        "system",
        "/usr",
        "/usr/include",
        "/usr/lib",
        "1.13.1",
        17,
        true
    );

    public LibTorchInstallation? LibTorch { get; set; } = SystemLibTorch;

    public bool IsRoot { get; set; } = true;

    public bool HasFastBlas { get; set; } = true;

    public bool NativeFileIsBuilt { get; set; } = true;

    public HashSet<string> Programs { get; } = ["apt-get", "g++"];

    public Dictionary<string, string> Variables { get; } = [];

    /// <summary>The command lines run, without what is the same in all of them.</summary>
    public List<string> Ran { get; } = [];

    public Func<string, string[], int> OnRun { get; set; } = (_, _) => 0;

    public string? Variable(string name) => Variables.GetValueOrDefault(name);

    public bool HasProgram(string name) => Programs.Contains(name);

    public LibTorchInstallation? FindLibTorch() => LibTorch;

    public bool HasNativeFile(LibTorchInstallation libTorch) => NativeFileIsBuilt;

    public void BuildNativeFile(LibTorchInstallation libTorch, Action<string> say) =>
        Ran.Add($"g++ against {libTorch.Version}");

    public int Run(string program, string[] arguments, string? log = null)
    {
        Ran.Add($"{program} {string.Join(' ', arguments)}");
        return OnRun(program, arguments);
    }
}
