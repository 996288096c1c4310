#nullable enable

/// <summary>The decision which supply to use, with one printed reason per package.</summary>
/// <param name="Supply">What is used now.</param>
/// <param name="IsFinal">Whether it is remembered; an unreachable feed is asked again next time.</param>
/// <param name="Reasons">One line per package that was asked for.</param>
internal sealed record SupplyChoice(Supply Supply, bool IsFinal, List<string> Reasons)
{
    /// <summary>Asks the feed once, and only for what is not remembered.</summary>
    /// <param name="remembered">The supply in supply.props, or null.</param>
    /// <param name="ask">Asks the feed for several packages; gives their answers in the same order.</param>
    public static SupplyChoice Make(Supply? remembered, Func<string[], FeedAnswer[]> ask)
    {
        string[] packages = remembered is null ? ["Cake.Frosting", "Verify.Xunit"] : ["Verify.Xunit"];
        FeedAnswer[] answers = ask(packages);
        string[] chosen = [.. answers.Select(answer => answer.IsThere ? "nuget" : "stand-in")];
        return new(
            new Supply(remembered?.CakeFrosting ?? chosen[0], chosen[^1])
            {
                Torch = remembered?.Torch ?? TorchOption.Cpu,
            },
            !answers.Any(answer => answer.IsUnreachable),
            [.. packages.Zip(answers, Reason)]
        );
    }

    private static string Reason(string package, FeedAnswer answer) =>
        answer.IsThere
            ? $"{package}: the original package, because the feed has it."
            : $"{package}: the stand-in in compat/, because {answer.Why}.";
}
