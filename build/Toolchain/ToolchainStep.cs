using Cake.Core;
using LibTorch;

namespace CircuitPipeline.BuildHost;

/// <summary>Sees to it that the tensor engine of the chosen supply can run here.</summary>
/// <remarks>Nothing is remembered beyond the files themselves: looking for them takes milliseconds.</remarks>
public sealed class ToolchainStep(IMachine machine, string log, Action<string> say)
{
    public void Run(string torchSharpSupply)
    {
        // The packages of the other supplies bring their own libtorch.
        if (torchSharpSupply != "system")
        {
            return;
        }

        LibTorchInstallation? found = machine.FindLibTorch();
        RefuseBrokenOverride(found);
        string[] missing = Missing(found);
        if (missing.Length > 0)
        {
            Install(missing, isUsable: found is not null && !missing.Contains("g++"));
            found = machine.FindLibTorch();
        }

        if (found is null)
        {
            throw new CakeException(
                $"Installing 'libtorch-dev' succeeded, but no libtorch with headers is in '/usr' or '/usr/local'; see '{log}'."
            );
        }

        if (!machine.HasNativeFile(found))
        {
            machine.BuildNativeFile(found, say);
        }
    }

    private void RefuseBrokenOverride(LibTorchInstallation? found)
    {
        if (found is not null)
        {
            return;
        }

        if (machine.Variable("LIBTORCH") is { Length: > 0 } folder)
        {
            throw new CakeException(
                $"LIBTORCH is '{folder}', but there is no libtorch with its headers; correct it, or unset it to use the distribution's."
            );
        }

        if (machine.Variable("LIBTORCH_USE_PYTORCH") == "1")
        {
            throw new CakeException(
                "LIBTORCH_USE_PYTORCH is '1', but 'python3' has no package 'torch'; install it, or unset the variable to use the distribution's libtorch."
            );
        }
    }

    private string[] Missing(LibTorchInstallation? found)
    {
        bool isSystem = found is null || found.Origin == "system";
        bool needsCompiler = found is null || !machine.HasNativeFile(found);
        List<string> missing = [];
        if (found is null)
        {
            missing.Add("libtorch-dev");
        }

        if (isSystem && !machine.HasFastBlas)
        {
            missing.Add("libopenblas0-pthread");
        }

        if (needsCompiler && !machine.HasProgram("g++"))
        {
            missing.Add("g++");
        }

        return [.. missing];
    }

    private void Install(string[] missing, bool isUsable)
    {
        string names = string.Join(' ', missing);
        AptPackages apt = new(machine, log, say);
        if (!apt.Exist)
        {
            if (isUsable)
            {
                say(
                    $"Going on without '{names}': there is no 'apt-get' to install it, and matrix products will be slow."
                );
                return;
            }

            throw new CakeException(
                $"'{names}' is missing and there is no 'apt-get' to install it; install libtorch and g++ by other means and name libtorch's folder in LIBTORCH."
            );
        }

        if (!apt.MayInstall)
        {
            throw new CakeException(
                $"'{names}' is missing and only root may install it; run '{AptPackages.CommandFor(names)}' and start again."
            );
        }

        apt.Install(missing);
    }
}
