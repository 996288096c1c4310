#nullable enable

/// <summary>Where the packages come from that not every feed has: the feed, or the stand-ins in compat/.</summary>
/// <remarks>Verify is empty where it was never asked for: in a supply.props that is older than this package.</remarks>
internal sealed record Supply(string CakeFrosting, string Verify)
{
    public static readonly string[] Values = ["stand-in", "nuget"];

    /// <summary>Which of libtorch's packages is referenced: <c>cpu</c> or <c>cuda</c>; nobody asks the feed for it unless the user names it.</summary>
    public string Torch { get; init; } = TorchOption.Cpu;

    /// <summary>Whether every package was asked for.</summary>
    public bool IsComplete => Verify.Length > 0;

    /// <summary>The properties of Directory.Build.props that select this supply.</summary>
    public (string Name, string Value)[] Properties =>
        [("CakeFrostingSupply", CakeFrosting), ("VerifySupply", Verify), ("TorchSupply", Torch)];
}
