#nullable enable

/// <summary>The option <c>--torch=cpu|cuda</c>: which of libtorch's packages is referenced from now on.</summary>
/// <remarks>It is read here and not by the build, because it changes what the build itself is restored with.</remarks>
internal static class TorchOption
{
    public const string Cpu = "cpu";
    public const string Cuda = "cuda";

    /// <summary>TorchSharp with libtorch for CUDA, a dozen packages of together 2.5 GB.</summary>
    public const string CudaPackage = "TorchSharp-cuda-linux";

    private const string Name = "--torch";

    public static readonly string[] Values = [Cpu, Cuda];

    /// <summary>The value of the command line, the last where there are several; null where there is none.</summary>
    /// <exception cref="BridgeException">It is not one of the values.</exception>
    public static string? In(string[] arguments)
    {
        string? value = null;
        for (int i = 0; i < arguments.Length; i++)
        {
            string[] parts = arguments[i].Split('=', 2);
            if (parts[0] == Name)
            {
                value = (parts.ElementAtOrDefault(1) ?? arguments.ElementAtOrDefault(i + 1) ?? "").Trim('"');
            }
        }

        return value is null || Values.Contains(value)
            ? value
            : throw new BridgeException(
                2,
                value.Length == 0
                    ? $"The option '{Name}' has no value; give it one of '{string.Join("', '", Values)}', as in '{Name}={Cpu}'."
                    : $"The option '{Name}' is '{value}', but must be one of '{string.Join("', '", Values)}'."
            );
    }

    /// <summary>The supply with what the option says; the feed is asked only for packages that are not remembered.</summary>
    /// <param name="remembered">The supply until now.</param>
    /// <param name="value">The value of the option.</param>
    /// <param name="ownLibTorch">The variable that names a libtorch on this machine, such as <c>LIBTORCH</c>; null where none does.</param>
    /// <param name="platform">This platform as NuGet names it.</param>
    /// <param name="ask">Asks the feed for one package.</param>
    /// <exception cref="BridgeException">The value cannot be had here; the supply stays as it is.</exception>
    public static Supply Apply(
        Supply remembered,
        string value,
        string? ownLibTorch,
        string platform,
        Func<string, FeedAnswer> ask
    )
    {
        if (ownLibTorch is not null)
        {
            throw new BridgeException(
                2,
                $"'{Name}={value}' chooses a package, but {ownLibTorch} is set, with which no package of libtorch is used; leave out one of them."
            );
        }

        if (value == Cpu || remembered.Torch == value)
        {
            return remembered with { Torch = value };
        }

        if (platform != "linux-x64")
        {
            throw new BridgeException(
                2,
                $"'{Name}={Cuda}' is for 'linux-x64', but this is '{platform}'; name a libtorch with CUDA in LIBTORCH instead."
            );
        }

        FeedAnswer answer = ask(CudaPackage);
        return answer.IsThere
            ? remembered with
            {
                Torch = Cuda,
            }
            : throw new BridgeException(
                answer.IsUnreachable ? 1 : 2,
                answer.IsUnreachable
                    ? $"'{Name}={Cuda}' needs {CudaPackage}, but {answer.Why}."
                    : $"'{Name}={Cuda}' needs {CudaPackage}, but {answer.Why}; name a libtorch with CUDA in LIBTORCH, or PyTorch's by LIBTORCH_USE_PYTORCH=1."
            );
    }

    /// <summary>The variable by which the user names a libtorch that is on this machine; null where none is set.</summary>
    /// <param name="variable">Environment variables by name.</param>
    public static string? OwnLibTorch(Func<string, string?> variable) =>
        variable("LIBTORCH") is { Length: > 0 } ? "LIBTORCH"
        : variable("LIBTORCH_USE_PYTORCH") == "1" ? "LIBTORCH_USE_PYTORCH"
        : null;
}
