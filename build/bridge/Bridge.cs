#nullable enable
using System.Runtime.InteropServices;

/// <summary>What build.cake does: choose the supply, build the host when its sources changed, run it.</summary>
/// <remarks>The files of this folder are compiled twice: into the Cake script (which allows no namespace) and into build/.</remarks>
internal static class Bridge
{
    public static int Run(string root, string[] commandLine)
    {
        try
        {
            string[] arguments = CommandLine.Forwarded(commandLine);
            Supply supply = ChosenSupply(root, TorchOption.In(arguments));
            using HostFolder host = HostBuild.UpToDate(root, supply);
            return HostProcess.Run(root, host.Program, arguments, supply);
        }
        catch (BridgeException exception)
        {
            Console.Error.WriteLine($"Error: {exception.Message}");
            return exception.ExitCode;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A full disk, a folder that may not be written: the system's sentence names the file.
            Console.Error.WriteLine(
                $"Error: The build cannot start: {exception.Message.TrimEnd('.')}; nothing half-written is left."
            );
            return 1;
        }
    }

    private static Supply ChosenSupply(string root, string? torch)
    {
        SupplyFile file = new(System.IO.Path.Combine(root, "supply.props"));
        Supply? remembered = file.Read();
        SupplyChoice choice = remembered is { IsComplete: true }
            ? new(remembered, true, [])
            : SupplyChoice.Make(remembered, new FeedProbe(root).Ask);
        choice.Reasons.ForEach(Console.WriteLine);
        Supply supply = torch is null ? choice.Supply : WithTorch(root, choice.Supply, torch);
        if (choice.IsFinal && supply != remembered)
        {
            file.Write(supply);
        }

        return supply;
    }

    private static Supply WithTorch(string root, Supply supply, string torch) =>
        TorchOption.Apply(
            supply,
            torch,
            TorchOption.OwnLibTorch(Environment.GetEnvironmentVariable),
            RuntimeInformation.RuntimeIdentifier,
            package =>
            {
                Console.WriteLine(
                    $"Asking the package feed for {package}; where it has it, 2.5 GB are downloaded now."
                );
                return new FeedProbe(root, FeedProbe.PatienceForCuda).Ask([package])[0];
            }
        );
}
