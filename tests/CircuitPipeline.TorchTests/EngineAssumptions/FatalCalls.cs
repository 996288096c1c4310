using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.EngineAssumptions;

/// <summary>
/// Calls whose native part catches nothing: what libtorch refuses there ends the process, so the house checks before it
/// calls. Each is made in a process of its own. The day one of them throws instead, its check may go.
/// </summary>
/// <remarks>
/// In 0.107.0 these are, of what the house calls, <c>Tensor.matmul</c> (not <c>mm</c>, <c>bmm</c> or <c>linear</c>) and
/// <c>autograd.grad</c> (not <c>backward</c>). Without a catch are also making and seeding a generator,
/// <c>set_num_threads</c>, making a <c>Scalar</c>, an embedding's <c>weight</c>, <c>Module.train</c> and <c>eval</c>, and
/// freeing anything, where there is nothing to refuse.
/// </remarks>
public sealed class FatalCalls
{
    private static readonly Dictionary<string, Action> Calls = new()
    {
        ["matmul of shapes that do not fit"] = () => ones(2, 3).matmul(ones(2, 3)),
        ["grad through a graph that is gone"] = () =>
        {
            Tensor x = ones(2).requires_grad_();
            Tensor loss = (x * x).sum();
            autograd.grad([loss], [x]);
            autograd.grad([loss], [x]);
        },
        // The same holds for every other refusal: an input that the loss does not reach, a loss that is no single number, and
        // a tensor of the graph that was changed in place.
        ["grad of what records nothing"] = () => autograd.grad([ones(1)], [ones(1).requires_grad_()]),
    };

    // Linux alone tells of the signal, which the runtime reports as 128 + SIGABRT.
    [Fact]
    public async Task End_the_process()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        string[] names = [.. Calls.Keys];

        int[] codes = await Task.WhenAll(names.Select(Run));

        Assert.Equal(names.Select(name => (name, 134)), names.Zip(codes));
    }

    /// <summary>One of the calls; null where the name is of none.</summary>
    internal static Action? Named(string call) => Calls.GetValueOrDefault(call);

    private static Task<int> Run(string call) => Task.Run(() => ChildProcess.Run(call).ExitCode);
}
