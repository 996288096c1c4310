using Cake.Core;
using Cake.Frosting;

namespace CircuitPipeline.Tests.Frosting.Support;

/// <summary>What happened, in order.</summary>
internal sealed class Notes : List<string>
{
    public override string ToString() => string.Join(", ", this);
}

/// <summary>The context through which tasks note what they do.</summary>
internal sealed class NotedContext(ICakeContext context, Notes notes) : FrostingContext(context)
{
    public void Note(string what) => notes.Add(what);
}

/// <summary>A task that notes its class when it runs.</summary>
internal abstract class NotedTask : FrostingTask<NotedContext>
{
    public override void Run(NotedContext context) => context.Note(GetType().Name);
}
