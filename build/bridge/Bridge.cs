#nullable enable

/// <summary>What build.cake does: choose the supply, build the host when its sources changed, run it.</summary>
/// <remarks>The files of this folder are compiled twice: into the Cake script (which allows no namespace) and into build/.</remarks>
internal static class Bridge
{
    public static int Run(string root, string[] commandLine)
    {
        try
        {
            string[] arguments = CommandLine.Forwarded(commandLine);
            Supply supply = ChosenSupply(root);
            using HostFolder host = HostBuild.UpToDate(root, supply);
            return HostProcess.Run(root, host.Program, arguments, supply);
        }
        catch (BridgeException exception)
        {
            Console.Error.WriteLine($"Error: {exception.Message}");
            return exception.ExitCode;
        }
    }

    private static Supply ChosenSupply(string root)
    {
        SupplyFile file = new(System.IO.Path.Combine(root, "supply.props"));
        Supply? remembered = file.Read();
        if (remembered is { IsComplete: true })
        {
            return remembered;
        }

        SupplyChoice choice = SupplyChoice.Make(remembered, new FeedProbe(root).Ask);
        choice.Reasons.ForEach(Console.WriteLine);
        if (choice.IsFinal)
        {
            file.Write(choice.Supply);
        }

        return choice.Supply;
    }
}
