namespace TorchSharp.Utils;

/// <summary>The name of a field in checkpoints, where it is not the field's own.</summary>
public class ComponentNameAttribute : Attribute
{
    public string? Name { get; set; }
}
