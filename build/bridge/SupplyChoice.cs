#nullable enable

/// <summary>The decision which supply to use, with one printed reason per package.</summary>
/// <param name="Supply">What is used now.</param>
/// <param name="IsFinal">Whether it is remembered; an unreachable feed is asked again next time.</param>
/// <param name="Reasons">One line per package.</param>
internal sealed record SupplyChoice(Supply Supply, bool IsFinal, List<string> Reasons)
{
    /// <summary>Asks the feed only for what is neither remembered nor requested.</summary>
    /// <param name="remembered">The supply in supply.props, or null.</param>
    /// <param name="torch">The value of --torch, or null.</param>
    /// <param name="ask">Asks the feed for one package; a package that it has is downloaded by asking.</param>
    public static SupplyChoice Make(Supply? remembered, string? torch, Func<string, FeedAnswer> ask)
    {
        List<string> reasons = [];
        string? kept = torch is null ? remembered?.TorchSharp : null;
        Task<FeedAnswer> Ask(string package, bool isKnown) =>
            System.Threading.Tasks.Task.Run(() => isKnown ? FeedAnswer.Has() : ask(package));
        Task<FeedAnswer> frosting = Ask("Cake.Frosting", remembered is not null);
        Task<FeedAnswer> verify = Ask("Verify.Xunit", remembered is { IsComplete: true });
        // Asking for the large package downloads it, so the small managed one is asked for first.
        Task<FeedAnswer> managed = Ask("TorchSharp", kept is not null || torch == "system");

        string cakeFrosting = remembered?.CakeFrosting ?? StandInOrOriginal("Cake.Frosting", frosting.Result, reasons);
        string verifyXunit = remembered is { IsComplete: true }
            ? remembered.Verify
            : StandInOrOriginal("Verify.Xunit", verify.Result, reasons);
        (string torchSharp, bool isReached) = torch switch
        {
            _ when kept is not null => (kept, true),
            "system" => ("system", true),
            null => TorchSharp(managed.Result, ask, reasons),
            _ => (RequestedTorchSharp(torch, managed.Result, ask), true),
        };
        if (torch is not null)
        {
            reasons.Add($"TorchSharp: {torchSharp}, because --torch={torch}.");
        }

        isReached &= !frosting.Result.IsUnreachable && !verify.Result.IsUnreachable;
        return new(new Supply(torchSharp, cakeFrosting, verifyXunit), isReached, reasons);
    }

    private static string StandInOrOriginal(string package, FeedAnswer answer, List<string> reasons)
    {
        reasons.Add(
            answer.IsThere
                ? $"{package}: the original package, because the feed has it."
                : $"{package}: the stand-in in compat/, because {answer.Why}."
        );
        return answer.IsThere ? "nuget" : "stand-in";
    }

    private static (string Supply, bool IsReached) TorchSharp(
        FeedAnswer managed,
        Func<string, FeedAnswer> ask,
        List<string> reasons
    )
    {
        FeedAnswer answer = managed.IsThere ? ask("TorchSharp-cpu") : managed;
        reasons.Add(
            answer.IsThere
                ? "TorchSharp: the original package TorchSharp-cpu, because the feed has it."
                : $"TorchSharp: the stand-in in compat/ over this machine's libtorch, because {answer.Why}."
        );
        return (answer.IsThere ? "nuget-cpu" : "system", !answer.IsUnreachable);
    }

    private static string RequestedTorchSharp(string torch, FeedAnswer managed, Func<string, FeedAnswer> ask)
    {
        FeedAnswer answer = managed.IsThere
            ? ask(torch == "nuget-cpu" ? "TorchSharp-cpu" : "TorchSharp-cuda-linux")
            : managed;
        return answer.IsThere
            ? torch
            : throw new BridgeException(
                1,
                $"'--torch={torch}' cannot be had, because {answer.Why}; use '--torch=system' instead."
            );
    }
}
