using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using CircuitPipeline.Tensors.Loading;
using TorchSharp;

namespace CircuitPipeline.Tensors.Reproducibility;

/// <summary>libtorch's switch for algorithms that give the same bits every time, which matters on CUDA alone.</summary>
/// <remarks>
/// <c>torch.use_deterministic_algorithms(True)</c> is not bound by TorchSharp 0.107.0 (it throws), so the functions of
/// <c>at::Context</c> are called by their exported names (Itanium C++ ABI: Linux and macOS). With the switch on, libtorch takes the
/// deterministic form of an operator where there is one, and otherwise throws a sentence that names it.
/// </remarks>
public static partial class DeterministicAlgorithms
{
    private const string Context = "_ZN2at13globalContextEv";
    private const string SetAlgorithms = "_ZN2at7Context26setDeterministicAlgorithmsEbb";
    private const string AreSet = "_ZNK2at7Context23deterministicAlgorithmsEv";
    private const string SetFilling = "_ZN2at7Context39setDeterministicFillUninitializedMemoryEb";

    /// <summary>Turns the switch on for the whole process, and TF32 off.</summary>
    /// <exception cref="NumericsException">This libtorch has no such switch.</exception>
    public static void Enable()
    {
        nint library = LibTorchLoader.Load().LibTorchHandle;
        nint context = Function<ContextFunction>(library, Context)();
        Function<TwoFlags>(library, SetAlgorithms)(context, 1, 0);
        // Filling what is allocated would cost a pass over it; nothing here reads what was not written.
        Function<OneFlag>(library, SetFilling)(context, 0);
        if (Function<Question>(library, AreSet)(context) == 0)
        {
            throw new NumericsException("libtorch does not turn to deterministic algorithms; use '--numerics=fast'.");
        }

        torch.backends.cuda.matmul.allow_tf32 = false;
        torch.backends.cudnn.allow_tf32 = false;
    }

    /// <summary>The operator that an error of libtorch names because it has no deterministic form; null where the error is another.</summary>
    public static string? OperatorWithout(Exception error) =>
        Refused().Match(error.Message) is { Success: true } found ? found.Groups["operator"].Value : null;

    // aten/src/ATen/Context.cpp, alertNotDeterministic.
    [GeneratedRegex(@"(?<operator>\S+) does not have a deterministic implementation")]
    private static partial Regex Refused();

    private static T Function<T>(nint library, string name)
        where T : Delegate =>
        NativeLibrary.TryGetExport(library, name, out nint address)
            ? Marshal.GetDelegateForFunctionPointer<T>(address)
            : throw new NumericsException(
                $"Reproducible numerics on CUDA need libtorch's function '{name}', which this libtorch does not have; use '--numerics=fast'."
            );

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nint ContextFunction();

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void OneFlag(nint context, byte flag);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void TwoFlags(nint context, byte first, byte second);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate byte Question(nint context);
}
