using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace CircuitPipeline.Study.Spec;

/// <summary>
/// Turns YAML text into <see cref="SpecNode"/>s, event by event, so that no text, however hostile, costs more than its
/// length: nesting is bounded, anchors, aliases and tags are refused, there is one document.
/// </summary>
internal sealed class SpecTree
{
    private const int Deepest = 32;
    private readonly IParser _events;
    private readonly SpecProblems _problems;

    private SpecTree(IParser events, SpecProblems problems)
    {
        _events = events;
        _problems = problems;
    }

    private Mark Here => _events.Current?.Start ?? Mark.Empty;

    /// <summary>Reads the one document; a duplicate key is a problem, and the first of the two is kept.</summary>
    public static SpecNode Read(string text, SpecProblems problems)
    {
        TabIndent.Refuse(text);
        try
        {
            return new SpecTree(new Parser(new StringReader(text)), problems).ReadDocument();
        }
        catch (InvalidOperationException)
        {
            throw Stop(Mark.Empty, Diagnostics.NotYaml, "This is not YAML: the parser cannot say where it breaks off.");
        }
        catch (YamlException cause)
        {
            // Where a quote is not closed, the next quote closes it, and the parser breaks off only there.
            throw UnclosedQuote.Before(text, Line(cause.Start)) is { } quote
                ? new SpecSyntaxException(quote)
                : Stop(cause.Start, Diagnostics.NotYaml, $"This is not YAML: {FirstSentence(cause.Message)}");
        }
    }

    private SpecNode ReadDocument()
    {
        _events.Consume<StreamStart>();
        if (_events.Accept<StreamEnd>(out _))
        {
            throw Stop(Mark.Empty, Diagnostics.NotText, "The file is empty; an experiment needs at least 'study'.");
        }

        _events.Consume<DocumentStart>();
        SpecNode root = ReadNode(depth: 1);
        _events.Consume<DocumentEnd>();
        if (_events.Accept<DocumentStart>(out DocumentStart? second))
        {
            throw Stop(
                second.Start,
                Diagnostics.UnsupportedYaml,
                "A second document starts here, but an experiment is one."
            );
        }

        _events.Consume<StreamEnd>();
        return root;
    }

    private SpecNode ReadNode(int depth)
    {
        if (depth > Deepest)
        {
            throw Stop(Here, Diagnostics.UnsupportedYaml, $"Nesting is deeper than {Deepest} levels here.");
        }

        if (_events.Accept<AnchorAlias>(out _))
        {
            throw Stop(
                Here,
                Diagnostics.UnsupportedYaml,
                "An alias ('*name') stands here; write the value out instead."
            );
        }

        if (_events.Accept<NodeEvent>(out NodeEvent? node) && !node.Anchor.IsEmpty)
        {
            throw Stop(
                Here,
                Diagnostics.UnsupportedYaml,
                "An anchor ('&name') stands here; write the value out instead."
            );
        }

        if (node is { Tag.IsEmpty: false })
        {
            throw Stop(Here, Diagnostics.UnsupportedYaml, "A tag ('!name') stands here; write the value without it.");
        }

        if (_events.TryConsume<Scalar>(out Scalar? scalar))
        {
            return new ScalarNode(
                Line(scalar.Start),
                Column(scalar.Start),
                scalar.Value,
                scalar.Style == ScalarStyle.Plain
            );
        }

        return _events.Accept<SequenceStart>(out _) ? ReadSequence(depth) : ReadMapping(depth);
    }

    private SequenceNode ReadSequence(int depth)
    {
        Mark start = _events.Consume<SequenceStart>().Start;
        ImmutableArray<SpecNode>.Builder items = ImmutableArray.CreateBuilder<SpecNode>();
        while (!_events.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(depth + 1));
        }

        return new SequenceNode(Line(start), Column(start), items.ToImmutable());
    }

    private MappingNode ReadMapping(int depth)
    {
        Mark start = _events.Consume<MappingStart>().Start;
        ImmutableArray<KeyedNode>.Builder entries = ImmutableArray.CreateBuilder<KeyedNode>();
        Dictionary<string, int> lines = new();
        while (!_events.TryConsume<MappingEnd>(out _))
        {
            Mark keyStart = Here;
            if (ReadNode(depth + 1) is not ScalarNode key)
            {
                throw Stop(
                    keyStart,
                    Diagnostics.UnsupportedYaml,
                    "A key must be a single word, but this one is a list or a group."
                );
            }

            SpecNode value = ReadNode(depth + 1);
            if (lines.TryAdd(key.Text, key.Line))
            {
                entries.Add(new KeyedNode(key, value));
            }
            else
            {
                _problems.Add(
                    key,
                    Diagnostics.DuplicateKey,
                    $"key {MessageText.Quoted(key.Text)} is already given in line {lines[key.Text]}."
                );
            }
        }
        return new MappingNode(Line(start), Column(start), entries.ToImmutable());
    }

    private static SpecSyntaxException Stop(Mark mark, string code, string message) =>
        new(new LocatedProblem(Line(mark), Column(mark), code, message));

    private static int Line(Mark mark) => (int)Math.Clamp(mark.Line, 1, int.MaxValue);

    private static int Column(Mark mark) => (int)Math.Clamp(mark.Column, 1, int.MaxValue);

    private static string FirstSentence(string message) =>
        message.ReplaceLineEndings(" ").Trim().TrimEnd('.') is { Length: > 0 } text
            ? $"{text[..Math.Min(text.Length, 200)]}."
            : "it cannot be parsed.";
}

/// <summary>A piece of the YAML text with the place it starts at, both counted from 1.</summary>
internal abstract record SpecNode(int Line, int Column)
{
    /// <summary>What the piece is, for messages.</summary>
    public abstract string Kind { get; }

    /// <summary>The file or option that it is from; null for the experiment's own file.</summary>
    public string? From { get; init; }
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

    /// <summary>The item that a piece of a path names, as <c>[0]</c>; null where there is none.</summary>
    public SpecNode? ItemAt(string piece) =>
        piece is ['[', .. var number, ']'] && int.TryParse(number, out int place) && place >= 0 && place < Items.Length
            ? Items[place]
            : null;
}

/// <summary>Keys with values, in the order of the file; keys are unique.</summary>
internal sealed record MappingNode(int Line, int Column, ImmutableArray<KeyedNode> Entries) : SpecNode(Line, Column)
{
    public override string Kind => "a group of keys";

    /// <summary>The value at a path such as <c>tasks[0].splits.train</c>, or the last group on the way to it.</summary>
    public SpecNode At(string path) => At(path.Replace("[", ".[", StringComparison.Ordinal).Split('.'));

    private SpecNode At(ReadOnlySpan<string> path)
    {
        string first = path[0];
        SpecNode? inner = Entries.FirstOrDefault(entry => entry.Key.Text == first)?.Value;
        ReadOnlySpan<string> rest = path[1..];
        if (inner is SequenceNode list && rest.Length > 0 && list.ItemAt(rest[0]) is { } item)
        {
            inner = item;
            rest = rest[1..];
        }

        return inner is MappingNode group && rest.Length > 0 ? group.At(rest) : inner ?? this;
    }

    /// <summary>Whether a key stands here, or at a path of keys with dots between them.</summary>
    public bool Has(string path)
    {
        string[] keys = path.Split('.', 2);
        SpecNode? inner = Entries.FirstOrDefault(entry => entry.Key.Text == keys[0])?.Value;
        return keys.Length == 1 ? inner is not null : inner is MappingNode group && group.Has(keys[1]);
    }
}

/// <summary>One key with its value.</summary>
internal sealed record KeyedNode(ScalarNode Key, SpecNode Value);

/// <summary>The text cannot be read any further.</summary>
internal sealed class SpecSyntaxException(LocatedProblem problem) : Exception(problem.Message)
{
    public LocatedProblem Problem { get; } = problem;
}
