#nullable enable

/// <summary>Where the named packages come from on this machine: the feed, or the stand-ins in compat/.</summary>
internal sealed record Supply(string TorchSharp, string CakeFrosting)
{
    public static readonly string[] TorchSharpValues = ["system", "nuget-cpu", "nuget-cuda"];
    public static readonly string[] CakeFrostingValues = ["stand-in", "nuget"];

    /// <summary>The properties of Directory.Build.props that select this supply.</summary>
    public (string Name, string Value)[] Properties =>
        [("TorchSharpSupply", TorchSharp), ("CakeFrostingSupply", CakeFrosting)];
}
