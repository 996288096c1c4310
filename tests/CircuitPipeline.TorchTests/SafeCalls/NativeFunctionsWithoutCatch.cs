using CircuitPipeline.Tensors.Calls;
using CircuitPipeline.Tensors.Loading;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.TorchTests.SafeCalls;

/// <summary>
/// Native functions in which an exception of libtorch ends the process are called through <see cref="GuardedCalls"/> alone, but for
/// those that cannot fail with what C# lets through.
/// </summary>
public sealed class NativeFunctionsWithoutCatch
{
    private const string Guard = "CircuitPipeline.Tensors.Calls.GuardedCalls::";

    private static readonly string[] MovingMethods = ["to", "cuda", "cpu"];

    // By reading: what each of them does.
    private static readonly Dictionary<string, string> Harmless = new()
    {
        ["THSAutograd_isGradEnabled"] = "reads a thread's flag",
        ["THSAutograd_setGrad"] = "sets a thread's flag",
        ["THSGenerator_new"] = "makes an object from a number",
        ["THSNN_Embedding_set_weight"] = "sets a field",
        ["THSNN_Embedding_weight"] = "reads a field",
        ["THSNN_Module_dispose"] = "frees an object",
        ["THSNN_Module_get_named_buffers"] = "lists fields",
        ["THSNN_Module_get_named_parameters"] = "lists fields",
        ["THSNN_Module_to_device"] = "moves a table of embeddings to a device that has just been asked for the room",
        ["THSNN_Module_to_device_dtype"] = "the same",
        ["THSNN_Module_to_dtype"] = "the same",
        ["THSNN_Module_train"] = "sets a flag",
        ["THSTensor_device_index"] = "reads a field",
        ["THSTensor_device_type"] = "reads a field",
        ["THSTensor_dispose"] = "frees an object",
        ["THSTensor_names"] = "reads a field",
        ["THSTorchCuda_is_available"] = "asks the driver",
        ["THSTorch_float64_to_scalar"] = "makes an object from a number",
        ["THSTorch_get_and_reset_last_err"] = "reads a thread's field",
        ["THSTorch_int32_to_scalar"] = "makes an object from a number",
        ["THSTorch_int64_to_scalar"] = "makes an object from a number",
        ["THSTorch_scalar_type"] = "reads a field",
    };

    [Fact]
    public void Are_called_with_their_arguments_checked()
    {
        string[] guarded =
        [
            .. Used()
                .Where(use => !Harmless.ContainsKey(use.Function))
                .Select(use =>
                    use.Caller.Contains(Guard, StringComparison.Ordinal)
                        ? use.Function
                        : $"{use.Function}, unguarded in {use.Caller}"
                )
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

        Assert.Equal(["THSAutograd_grad", "THSTensor_matmul", "THSTorch_set_num_threads"], guarded);
    }

    [Fact]
    public void That_are_called_harmless_are_used() =>
        Assert.Empty(Harmless.Keys.Except(Used().Select(use => use.Function)));

    /// <summary>A module is moved by native functions without a catch, which a device that lacks the memory would end the process in.</summary>
    [Fact]
    public void Move_no_model_to_a_device() =>
        Assert.Empty(
            CallsIntoTorchSharp
                .Of(SourceAssemblies.Names)
                .CallersOf.Where(use =>
                    MovingMethods.Any(method =>
                        use.Key.StartsWith($"TorchSharp.ModuleExtensionMethods::{method}(", StringComparison.Ordinal)
                    )
                )
                .SelectMany(use => use.Value)
        );

    [Fact]
    public void Are_listed_for_the_TorchSharp_that_is_used() =>
        Assert.Contains($"libLibTorchSharp {LibTorchLoader.TorchSharpVersion} ", Lines()[0]);

    private static IEnumerable<(string Function, string Caller)> Used()
    {
        IReadOnlyDictionary<string, System.Collections.Immutable.ImmutableSortedSet<string>> uses = CallsIntoTorchSharp
            .Of(SourceAssemblies.Names)
            .CallersOf;
        foreach (
            (string import, string function) in CallsIntoTorchSharp.Imports.IntersectBy(
                Lines()[1..],
                import => import.Function
            )
        )
        {
            foreach (
                string method in CallsIntoTorchSharp.WaysTo(called => called == import).Keys.Where(uses.ContainsKey)
            )
            {
                foreach (string caller in uses[method])
                {
                    yield return (function, caller);
                }
            }
        }
    }

    private static string[] Lines() =>
        File.ReadAllLines(
            Path.Combine(RepositoryRoot.Path, "tests/CircuitPipeline.TorchTests/SafeCalls/FunctionsWithoutCatch.txt")
        );
}
