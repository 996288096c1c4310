using System.Collections.Immutable;

namespace CircuitPipeline.Pipeline.Stages;

/// <summary>The smallest thing that is computed, kept and found again: one key, one set of output files.</summary>
public sealed class WorkItem
{
    private readonly Action<WorkItemContext> _run;

    private WorkItem(string name, object slice, Delegate body, Action<WorkItemContext> run)
    {
        Name = name;
        Slice = slice;
        Body = body;
        _run = run;
    }

    /// <summary>The item's name within its stage, a plain file name such as <c>corpus</c>.</summary>
    public string Name { get; }

    /// <summary>The part of the spec that the item depends on; every leaf of it is a component of the key.</summary>
    public object Slice { get; }

    /// <summary>The method that computes; a test holds the stages of this version to bodies that capture nothing.</summary>
    public Delegate Body { get; }

    /// <summary>The files the item reads.</summary>
    public ImmutableArray<ItemInput> Inputs { get; private init; } = [];

    /// <summary>Whether the item calls the tensor engine; then engine, device and threads are in its key.</summary>
    public bool UsesEngine { get; private init; }

    /// <summary>How it can be made together with others of its stage; null where it is made alone.</summary>
    public JointWork? Joint { get; private init; }

    /// <summary>Makes a work item whose body gets its slice and nothing else of the spec.</summary>
    /// <param name="name">The item's name within its stage.</param>
    /// <param name="slice">A record with the values of the spec that the item depends on.</param>
    /// <param name="run">The body; it captures nothing, so that the key says everything about the result.</param>
    /// <param name="inputs">The files the item reads.</param>
    /// <param name="usesEngine">Whether the body calls the tensor engine.</param>
    public static WorkItem Of<TSlice>(
        string name,
        TSlice slice,
        Action<TSlice, WorkItemContext> run,
        IEnumerable<ItemInput>? inputs = null,
        bool usesEngine = false
    )
        where TSlice : notnull =>
        new(name, slice, run, context => run(slice, context)) { Inputs = [.. inputs ?? []], UsesEngine = usesEngine };

    /// <summary>The same item, which can also be made in one go with others of its stage; each still has its key, its outputs and its record.</summary>
    /// <param name="group">Items that share it may be made together.</param>
    /// <param name="run">
    /// The body for several; it captures nothing, makes of each what that item's own body makes, but for rounding, and returns the contexts
    /// of those that are finished, some at a time. Where it throws, each of the others is made alone.
    /// </param>
    public WorkItem Jointly<TSlice>(
        string group,
        Func<IReadOnlyList<(TSlice Slice, WorkItemContext Context)>, IEnumerable<IReadOnlyList<WorkItemContext>>> run
    )
        where TSlice : notnull =>
        new(Name, Slice, Body, _run)
        {
            Inputs = Inputs,
            UsesEngine = UsesEngine,
            Joint = new JointWork(
                group,
                parts => run([.. parts.Select(part => ((TSlice)part.Item.Slice, part.Context))])
            ),
        };

    /// <summary>Computes the item's outputs into the context's folder.</summary>
    /// <param name="context">Where inputs are and outputs go.</param>
    public void Run(WorkItemContext context) => _run(context);
}

/// <summary>How several work items of a stage are made in one go.</summary>
/// <param name="Group">Items that share it may be made together.</param>
/// <param name="Run">Computes the outputs of all of them, each into its own context's folder, and returns what is finished, some at a time.</param>
public sealed record JointWork(
    string Group,
    Func<IReadOnlyList<(WorkItem Item, WorkItemContext Context)>, IEnumerable<IReadOnlyList<WorkItemContext>>> Run
);

/// <summary>A file that a work item reads: an output of an item of an earlier stage.</summary>
/// <param name="Stage">The stage that makes it.</param>
/// <param name="Item">The work item that makes it.</param>
/// <param name="File">The output file's name.</param>
public sealed record ItemInput(string Stage, string Item, string File)
{
    /// <summary>Prints as <c>stage/item/file</c>.</summary>
    public override string ToString() => $"{Stage}/{Item}/{File}";
}
