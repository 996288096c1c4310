using System.Collections.Immutable;
using CircuitPipeline.Pipeline.Errors;

namespace CircuitPipeline.Study.Spec;

/// <summary>A piece of the YAML text with the place it starts at, both counted from 1.</summary>
internal abstract record SpecNode(int Line, int Column)
{
    /// <summary>What the piece is, for messages.</summary>
    public abstract string Kind { get; }
}

/// <summary>A single value; <paramref name="IsPlain"/> says that it stands without quotes.</summary>
internal sealed record ScalarNode(int Line, int Column, string Text, bool IsPlain) : SpecNode(Line, Column)
{
    public override string Kind =>
        IsPlain ? (Text.Length == 0 ? "empty" : MessageText.Quoted(Text)) : $"{MessageText.Quoted(Text)} in quotes";
}

/// <summary>A list.</summary>
internal sealed record SequenceNode(int Line, int Column, ImmutableArray<SpecNode> Items) : SpecNode(Line, Column)
{
    public override string Kind => "a list";
}

/// <summary>Keys with values, in the order of the file; keys are unique.</summary>
internal sealed record MappingNode(int Line, int Column, ImmutableArray<KeyedNode> Entries) : SpecNode(Line, Column)
{
    public override string Kind => "a group of keys";

    /// <summary>The value at a path of keys, or the last group on the way to it.</summary>
    public SpecNode At(ReadOnlySpan<string> path)
    {
        string first = path[0];
        SpecNode? inner = Entries.FirstOrDefault(entry => entry.Key.Text == first)?.Value;
        return inner is MappingNode group && path.Length > 1 ? group.At(path[1..]) : inner ?? this;
    }
}

/// <summary>One key with its value.</summary>
internal sealed record KeyedNode(ScalarNode Key, SpecNode Value);
