using System.Globalization;
using System.Reflection;
using LibTorch;
using TorchSharp;

namespace CircuitPipeline.Tool;

/// <summary>Looks at what the tensor engine needs, and builds its native file when asked to.</summary>
/// <param name="variable">Environment variables by name.</param>
/// <param name="say">Gets a line before something long.</param>
internal sealed class EngineCheck(Func<string, string?> variable, Action<string> say)
{
    private const string StandIn = "system";

    private static string Supply { get; } =
        typeof(EngineCheck)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(item => item.Key == "TorchSharpSupply")
            .Value!;

    /// <summary>What was found, in the order in which one thing needs the other.</summary>
    /// <param name="buildNative">Whether the native file is compiled where it is missing.</param>
    internal IEnumerable<Finding> Run(bool buildNative)
    {
        yield return new Finding("TorchSharp", true, Supply == StandIn ? "over this machine's libtorch" : Supply);
        if (Supply == StandIn)
        {
            LibTorchInstallation? found = LibTorchLocator.Find(variable);
            yield return OfLibTorch(found);
            if (found is null)
                yield break;
            Finding native = OfNativeFile(found, buildNative);
            yield return native;
            if (!native.Ok)
                yield break;
        }

        foreach (Finding finding in OfTensors())
            yield return finding;
    }

    private static Finding OfLibTorch(LibTorchInstallation? found) =>
        found is null
            ? new Finding(
                "libtorch",
                false,
                "none with its headers",
                "run 'apt-get install --no-install-recommends libtorch-dev libopenblas0-pthread g++', or name a libtorch folder in LIBTORCH, or set LIBTORCH_USE_PYTORCH=1"
            )
            : new Finding("libtorch", true, $"{found.Version} in '{found.LibraryFolder}' ({found.Origin})");

    private Finding OfNativeFile(LibTorchInstallation found, bool build)
    {
        const string name = "native file";
        string path = NativeFile.PathOf(found, variable);
        if (NativeFile.IsBuilt(found, variable))
            return new Finding(name, true, path);
        if (!build)
            return new Finding(name, false, $"not built at '{path}'", "run 'circuit doctor --build-native'");
        try
        {
            return new Finding(name, true, NativeFile.Build(found, variable, say));
        }
        catch (InvalidOperationException failure)
        {
            return new Finding(name, false, "cannot be built", failure.Message.TrimEnd('.'));
        }
    }

    private static IEnumerable<Finding> OfTensors()
    {
        string version;
        Finding? broken = null;
        try
        {
            version = torch.__version__;
        }
        catch (Exception failure) when (Failure.Of(failure) is { } known)
        {
            version = "";
            broken = new Finding("tensors", false, known.Message.TrimEnd('.'));
        }

        if (broken is not null)
        {
            yield return broken;
            yield break;
        }

        yield return new Finding("tensors", Sum() == 3, $"libtorch {version} adds 1 and 2 to {Text(Sum())}");
        yield return new Finding(
            "CUDA",
            true,
            torch.cuda.is_available() ? $"{torch.cuda.device_count()} device(s)" : "none; '--device=cuda' is refused"
        );
    }

    private static double Sum()
    {
        using var scope = torch.NewDisposeScope();
        return (torch.ones(1) + torch.ones(1) * 2).item<float>();
    }

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
