using CircuitPipeline.Tensors.Calls;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.SafeCalls;

/// <summary>
/// No code of src/ hands TorchSharp a number that could be freed while it is read (<see cref="Numbers"/> says why): not by an
/// implicit conversion, and not by a method of TorchSharp that makes one inside, which is followed through its compiled code.
/// </summary>
public sealed class NumbersGivenToTorchSharp
{
    private const string Scalar = "TorchSharp.Scalar";
    private const string Keeper = "CircuitPipeline.Tensors.Calls.Numbers::";

    private static readonly Lazy<Dictionary<string, string?>> Ways = new(() =>
        CallsIntoTorchSharp.WaysTo(called => called.StartsWith($"{Scalar}::.ctor", StringComparison.Ordinal))
    );

    private static readonly Lazy<string[]> Planted = new(() =>
        [.. Violations([typeof(PlantedNumbers).Assembly.GetName().Name!])]
    );

    [Fact]
    public void Are_kept_by_one_type() => Assert.Empty(Violations(SourceAssemblies.Names));

    [Theory]
    [InlineData(nameof(PlantedNumbers.Implicit), "op_Implicit(Double)")]
    [InlineData(nameof(PlantedNumbers.OfAnOperator), "op_Multiply")]
    [InlineData(nameof(PlantedNumbers.InsideASum), "op_Addition")]
    [InlineData(nameof(PlantedNumbers.InsideAMethod), "add_(")]
    [InlineData(nameof(PlantedNumbers.OfAnOptimizer), "torch.optim")]
    [InlineData(nameof(PlantedNumbers.OfASchedule), "torch.optim")]
    [InlineData(nameof(PlantedNumbers.OfAnActivation), "leaky_relu")]
    [InlineData(nameof(PlantedNumbers.ReadBack), "ToScalar()")]
    [InlineData(nameof(PlantedNumbers.OfAModule), "LeakyReLU::forward")]
    [InlineData(nameof(PlantedNumbers.OfNestedModules), "Hardtanh::forward")]
    [InlineData(nameof(PlantedNumbers.OfADistribution), "Normal::log_prob")]
    [InlineData("<" + nameof(PlantedNumbers.InAGenericClosure), "op_Multiply")]
    public void Are_found_where_they_are_planted(string method, string call) =>
        Assert.Contains(
            Planted.Value,
            violation =>
                violation.Contains(nameof(PlantedNumbers), StringComparison.Ordinal)
                && violation.Contains($"::{method}", StringComparison.Ordinal)
                && violation.Contains(call, StringComparison.Ordinal)
        );

    private static IEnumerable<string> Violations(IEnumerable<string> assemblies) =>
        from use in CallsIntoTorchSharp.Of(assemblies).CallersOf
        from caller in use.Value
        let way = WayToScalar(use.Key)
        let isKept = caller.Contains(Keeper, StringComparison.Ordinal)
        // The keeper's own scalars come from ToScalar, and what it gives them to makes no others.
        where isKept ? way.Length > 0 && !IsConversion(use.Key) : way.Length > 0 || Names(use.Key)
        select $"{caller} calls {string.Join(" -> ", way.DefaultIfEmpty(use.Key))}";

    // Optimizers and schedules step through base classes, which is not followed.
    private static string[] WayToScalar(string method)
    {
        if (method.StartsWith("TorchSharp.torch.optim", StringComparison.Ordinal))
        {
            return [method];
        }

        List<string> way = [];
        for (string? at = method; at is not null && Ways.Value.TryGetValue(at, out string? next); at = next)
        {
            way.Add(at);
        }

        return [.. way];
    }

    private static bool Names(string method) =>
        method.Contains($"{Scalar},", StringComparison.Ordinal)
        || method.Contains($"{Scalar})", StringComparison.Ordinal);

    private static bool IsConversion(string method) =>
        method.StartsWith("TorchSharp.ScalarExtensionMethods::ToScalar(", StringComparison.Ordinal);

    /// <summary>What must be found; never called.</summary>
    private static class PlantedNumbers
    {
        internal static Tensor Implicit(Tensor x) => x.masked_fill(x.isnan(), -1.0);

        internal static Tensor OfAnOperator(Tensor x) => x * 0.5;

        internal static Tensor InsideASum(Tensor x) => x + x;

        internal static Tensor InsideAMethod(Tensor x) => x.add_(x);

        internal static Tensor OfAnOptimizer(TorchSharp.Modules.Parameter x) => optim.AdamW([x]).step();

        internal static void OfASchedule(optim.lr_scheduler.LRScheduler schedule) => schedule.step();

        internal static Tensor OfAnActivation(Tensor x) => nn.functional.leaky_relu(x, 0.1);

        internal static Tensor OfAModule(Tensor x) => nn.LeakyReLU(0.1).call(x);

        internal static Tensor OfNestedModules(Tensor x) => nn.Sequential(nn.ELU(0.5), nn.Hardtanh(0, 1)).call(x);

        internal static Tensor OfADistribution(Tensor x) => distributions.Normal(x, x).log_prob(x);

        internal static Func<T, Tensor> InAGenericClosure<T>(Tensor x) => _ => x * 2;

        internal static float ReadBack(Tensor x) => TorchSharp.ScalarExtensionMethods.ToSingle(x.ToScalar());
    }
}
