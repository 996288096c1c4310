using CircuitPipeline.Tensors.Calls;
using CircuitPipeline.Training.Methods;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.TorchTests.Training.Methods;

public sealed class GradientsOfMethods : IDisposable
{
    private const double Step = 1e-6;

    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly MethodCase _case = new();

    public static TheoryData<string> Names => MethodCase.Names;

    public void Dispose()
    {
        _case.Dispose();
        _scope.Dispose();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Equal_finite_differences(string method)
    {
        using TrainedAdapter adapter = _case.Attach(method);
        MethodCase.Shake(adapter);
        Parameter[] parameters = [.. adapter.Parameters];
        Tensor[] gradients = GuardedCalls.Gradients(Loss(adapter), parameters);

        foreach (((string name, Parameter parameter), Tensor gradient) in adapter.NamedParameters.Zip(gradients))
        {
            // DoRA's norm has no gradient, so differences keep it as it is.
            double[][] lengths = method == Dora.Name ? Lengths(adapter) : [];
            foreach (long place in (long[])[0, parameter.numel() / 2, parameter.numel() - 1])
            {
                double numeric =
                    (
                        Shifted(adapter, parameter, place, Step, lengths)
                        - Shifted(adapter, parameter, place, -Step, lengths)
                    ) / (2 * Step);
                double found = gradient.flatten()[place].item<double>();
                Assert.True(
                    Math.Abs(numeric - found) < 2e-7 * Math.Max(1, Math.Abs(numeric)),
                    $"{name}: {numeric}, {found}"
                );
            }
        }
    }

    [Fact]
    public void Of_dora_take_the_norm_as_a_constant()
    {
        using TrainedAdapter adapter = _case.Attach("dora");
        MethodCase.Shake(adapter);
        Parameter b = adapter.Linears[0].Parameters[1].Value;
        double found = GuardedCalls.Gradients(Loss(adapter), [b])[0].flatten()[0].item<double>();

        double numeric = (Shifted(adapter, b, 0, Step, []) - Shifted(adapter, b, 0, -Step, [])) / (2 * Step);

        Assert.True(Math.Abs(numeric - found) > 1e-4 * Math.Abs(found), $"{numeric}, {found}");
    }

    private Tensor Loss(TrainedAdapter adapter)
    {
        Tensor loss = nn.functional.cross_entropy(
            _case.Model.forward(TinyModel.Tokens(1, 2, 3, 1, 5)).flatten(0, 1),
            tensor([2L, 3L, 1L, 5L, 7L])
        );
        return adapter.Penalty() is { } penalty ? loss + penalty : loss;
    }

    private double Shifted(TrainedAdapter adapter, Parameter parameter, long place, double by, double[][] lengths)
    {
        using IDisposable frozen = no_grad();
        Tensor entry =
            parameter.Dimensions == 2
                ? parameter[place / parameter.size(1), place % parameter.size(1)]
                : parameter.view(-1)[place];
        Tensor[] before = [.. adapter.Parameters.Select(own => own.clone())];
        entry.add_(by);
        if (lengths.Length > 0)
        {
            Rescale(adapter, lengths);
        }

        double loss = Loss(adapter).item<double>();
        foreach ((Parameter own, Tensor value) in adapter.Parameters.Zip(before))
        {
            own.copy_(value);
        }

        return loss;
    }

    // m' = m ‖V'‖ / ‖V‖, so that m' / ‖V'‖ is what it was.
    private static void Rescale(TrainedAdapter adapter, double[][] lengths)
    {
        foreach (((int index, double[] now), double[] before) in Lengths(adapter).Index().Zip(lengths))
        {
            Tensor factor = tensor(now.Zip(before, (one, other) => one / other).ToArray());
            adapter.Linears[index].Parameters[2].Value.mul_(factor);
        }
    }

    private static double[][] Lengths(TrainedAdapter adapter)
    {
        using IDisposable frozen = no_grad();
        return
        [
            .. adapter.Linears.Select(linear =>
            {
                (Parameter a, Parameter b) = (linear.Parameters[0].Value, linear.Parameters[1].Value);
                Tensor v = linear.Linear.Module.weight + 2 * b.mm(a);
                return (v * v).sum(1).sqrt().data<double>().ToArray();
            }),
        ];
    }
}
