using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Tensors.Loading;
using CircuitPipeline.Tool.CommandLine;

namespace CircuitPipeline.Tool.Doctor;

/// <summary>
/// Brings the engine's packages that are missing into NuGet's folder of packages, by NuGet itself: from the feeds, with the
/// credentials and mappings that its configuration names for the current folder.
/// </summary>
internal static class EngineInstallation
{
    private const string Flag = "--install-engine";

    /// <summary>Brings what is missing; starts nothing where nothing is.</summary>
    /// <exception cref="InvalidExperimentException">The user names a libtorch, so that a package's libtorch would not be used.</exception>
    /// <exception cref="EngineNotInstalledException">NuGet cannot be started or cannot bring a package.</exception>
    internal static void Run(ProcessEnvironment environment)
    {
        EnginePackages engine = EnginePackages.OfThisProcess();
        if (engine.LibTorch is { } own)
        {
            throw new InvalidExperimentException(
                $"'{Flag}' cannot be used while {engine.Variable} leads to '{own}', because libtorch is then taken from there alone; unset it, or leave "
                    + $"'{Flag}' out."
            );
        }

        if (engine.Missing.Count == 0)
        {
            environment.Error.WriteLine("The engine's packages are all there; nothing is brought.");
            return;
        }

        string folder =
            engine.Folder
            ?? throw new EngineNotInstalledException(
                "There is no folder for the engine's packages: neither HOME nor NUGET_PACKAGES names one; set NUGET_PACKAGES to a "
                    + "folder's full path."
            );
        environment.Error.WriteLine($"Bringing {string.Join(" and ", engine.Missing)} into '{folder}'.");
        Download(engine.Missing, folder, environment);
        if (EnginePackages.OfThisProcess().Missing is [var missing, ..])
        {
            throw new EngineNotInstalledException(
                $"'{Path.Combine(folder, missing.Name, missing.Version)}' holds a part of {missing} only, as an unpacking leaves it that was "
                    + $"stopped, and NuGet takes it for whole; delete it and run 'dotnet circuit doctor {Flag}' again."
            );
        }
    }

    private static void Download(IReadOnlyList<EnginePackage> packages, string folder, ProcessEnvironment environment)
    {
        string[] arguments =
        [
            "package",
            "download",
            .. packages.Select(package => package.ToString()),
            "--output",
            folder,
        ];
        using DotnetProcess download = DotnetProcess.Start(arguments, environment);
        download.WaitForEnd(environment);
        if (download.ExitCode != 0)
        {
            throw new EngineNotInstalledException(
                $"The engine's packages cannot be brought into '{folder}': {download.Complaint}; "
                    + $"put that right ('dotnet nuget list source' shows the feeds) and run 'dotnet circuit doctor {Flag}' again, or "
                    + "set LIBTORCH to the folder of a libtorch that is on this machine."
            );
        }
    }
}

/// <summary>The engine's packages could not be brought.</summary>
/// <param name="message">One sentence: what, why, and what to do.</param>
internal sealed class EngineNotInstalledException(string message) : IOException(message);
