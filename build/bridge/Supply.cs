#nullable enable

/// <summary>Where the named packages come from on this machine: the feed, or the stand-ins in compat/.</summary>
/// <remarks>Verify is empty where it was never asked for: in a supply.props that is older than this package.</remarks>
internal sealed record Supply(string TorchSharp, string CakeFrosting, string Verify)
{
    public static readonly string[] TorchSharpValues = ["system", "nuget-cpu", "nuget-cuda"];
    public static readonly string[] CakeFrostingValues = ["stand-in", "nuget"];
    public static readonly string[] VerifyValues = ["stand-in", "nuget"];

    /// <summary>Whether every package was asked for.</summary>
    public bool IsComplete => Verify.Length > 0;

    /// <summary>The properties of Directory.Build.props that select this supply.</summary>
    public (string Name, string Value)[] Properties =>
        [("TorchSharpSupply", TorchSharp), ("CakeFrostingSupply", CakeFrosting), ("VerifySupply", Verify)];
}
