using CircuitPipeline.Attribution;
using Xunit;

namespace CircuitPipeline.TorchTests.Attribution;

/// <summary>Every attribution method under every intervention that it is defined for.</summary>
internal static class MethodCases
{
    internal static TheoryData<string, Intervention?> All { get; } = Of(_ => true);

    internal static TheoryData<string, Intervention?> Measuring { get; } = Of(method => method.TakesMetric);

    internal static IEdgeAttribution Create(string name, Intervention? intervention, int batch)
    {
        AttributionMethod method = AttributionMethods.Named(name);
        return AttributionMethods.Create(
            name,
            new AttributionOptions
            {
                Intervention = intervention,
                Steps = method.TakesSteps ? 3 : null,
                Seed = method.TakesSeed ? 1 : null,
            },
            batch,
            TimeProvider.System
        );
    }

    private static TheoryData<string, Intervention?> Of(Func<AttributionMethod, bool> condition)
    {
        TheoryData<string, Intervention?> cases = [];
        foreach (AttributionMethod method in AttributionMethods.All.Where(condition))
        {
            if (method.Interventions.IsEmpty)
            {
                cases.Add(method.Name, null);
            }

            foreach (Intervention intervention in method.Interventions)
            {
                cases.Add(method.Name, intervention);
            }
        }

        return cases;
    }
}
