namespace TorchSharp;

/// <summary>Disposes every tensor that was created on this thread since it was opened and not moved out.</summary>
public sealed class DisposeScope : IDisposable
{
    [ThreadStatic]
    private static Chain? ofThisThread;

    private readonly HashSet<IDisposable> disposables = new(ReferenceEqualityComparer.Instance);
    private readonly Chain chain;
    private DisposeScope? outer;
    private bool isDisposed;

    internal DisposeScope()
    {
        chain = ofThisThread ??= new Chain();
        outer = chain.Innermost;
        chain.Innermost = this;
    }

    internal static DisposeScope? Current => ofThisThread?.Innermost;

    public IReadOnlyList<IDisposable> DisposablesView => [.. Open().disposables];

    public int DisposablesCount => Open().disposables.Count;

    public bool Contains(IDisposable disposable) => disposables.Contains(disposable);

    public T MoveToOuter<T>(T disposable)
        where T : IDisposable => MoveToOther(outer, disposable);

    public T MoveToOther<T>(DisposeScope? scope, T disposable)
        where T : IDisposable
    {
        if (Open().disposables.Remove(disposable))
            SetOwner((torch.Tensor)(IDisposable)disposable, scope);
        return disposable;
    }

    public T Detach<T>(T disposable)
        where T : IDisposable => MoveToOther(null, disposable);

    public void Attach(IDisposable disposable)
    {
        if (disposable is not torch.Tensor tensor)
            throw new InvalidOperationException("DisposeScope can only manage Tensor or PackedSequence");
        tensor.OwningDisposeScope?.disposables.Remove(tensor);
        SetOwner(tensor, Open());
    }

    public void DisposeEverything() => DisposeEverythingBut([]);

    public void DisposeEverythingBut(params IDisposable[] keep)
    {
        HashSet<IDisposable> kept = new(keep, ReferenceEqualityComparer.Instance);
        foreach (torch.Tensor tensor in Open().disposables.Where(held => !kept.Contains(held)).ToArray())
            tensor.Dispose();
    }

    /// <summary>Closes the scope, on whatever thread; the scopes that were opened inside it stay open.</summary>
    public void Dispose()
    {
        if (isDisposed)
            return;
        DisposeEverything();
        isDisposed = true;
        chain.Remove(this);
    }

    public void MarkAsDisposed(IDisposable disposable)
    {
        if (Open().disposables.Remove(disposable))
            SetOwner((torch.Tensor)disposable, null);
    }

    private static void SetOwner(torch.Tensor tensor, DisposeScope? scope)
    {
        scope?.disposables.Add(tensor);
        tensor.OwningDisposeScope = scope;
    }

    private DisposeScope Open()
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        return this;
    }

    /// <summary>The open scopes of one thread; a scope keeps it, so that another thread can close the scope.</summary>
    private sealed class Chain
    {
        internal DisposeScope? Innermost;

        internal void Remove(DisposeScope closed)
        {
            if (ReferenceEquals(Innermost, closed))
                Innermost = closed.outer;
            for (DisposeScope? scope = Innermost; scope is not null; scope = scope.outer)
            {
                if (ReferenceEquals(scope.outer, closed))
                    scope.outer = closed.outer;
            }
        }
    }
}

public static partial class torch
{
    public static DisposeScope NewDisposeScope() => new();

    public static DisposeScope? CurrentDisposeScope => DisposeScope.Current;

    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using DisposeScope scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }
}
