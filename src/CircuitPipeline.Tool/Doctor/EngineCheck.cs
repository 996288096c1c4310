using System.Globalization;
using CircuitPipeline.Tensors;
using TorchSharp;

namespace CircuitPipeline.Tool;

/// <summary>Looks at the tensor engine: which files it is made of, and whether it computes.</summary>
internal static class EngineCheck
{
    /// <summary>What was found, in the order in which one thing needs the other.</summary>
    internal static IEnumerable<Finding> Run()
    {
        LoadedLibTorch? loaded = null;
        string missing = "";
        try
        {
            loaded = LibTorchLoader.Load();
        }
        catch (LibTorchNotLoadedException failure)
        {
            missing = failure.Message.TrimEnd('.');
        }

        if (loaded is null)
        {
            yield return new Finding("libtorch", false, missing);
            yield break;
        }

        yield return new Finding("libtorch", true, $"{torch.__version__} in '{loaded.LibTorch}'");
        yield return new Finding(
            "TorchSharp",
            true,
            $"{LibTorchLoader.TorchSharpVersion}, '{loaded.Shim}'"
                + (loaded.IsShimWeakened ? " (a private copy, because this system's libstdc++ is older)" : "")
        );
        double sum = Sum();
        yield return new Finding("tensors", sum == 3, $"1 and 2 are added to {Text(sum)}");
        yield return new Finding(
            "CUDA",
            true,
            torch.cuda.is_available() ? $"{torch.cuda.device_count()} device(s)" : "none; '--device=cuda' is refused"
        );
    }

    private static float Sum()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor one = torch.ones(1);
        return one.Plus(one.Plus(one)).item<float>();
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
