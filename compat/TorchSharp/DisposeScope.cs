namespace TorchSharp;

/// <summary>Disposes every tensor that was created on this thread since it was opened and not moved out.</summary>
public sealed class DisposeScope : IDisposable
{
    [ThreadStatic]
    private static DisposeScope? current;

    private readonly HashSet<IDisposable> disposables = new(ReferenceEqualityComparer.Instance);
    private DisposeScope? outer;
    private bool isDisposed;

    internal DisposeScope()
    {
        outer = current;
        current = this;
    }

    internal static DisposeScope? Current => current;

    internal DisposeScope? OuterScope => outer;

    public IReadOnlyList<IDisposable> DisposablesView => [.. disposables];

    public int DisposablesCount => disposables.Count;

    public bool Contains(IDisposable disposable) => disposables.Contains(disposable);

    public T MoveToOuter<T>(T disposable)
        where T : IDisposable => MoveToOther(outer, disposable);

    public void MoveToOuter(params IDisposable[] disposables)
    {
        foreach (IDisposable disposable in disposables)
            MoveToOther(outer, disposable);
    }

    public T MoveToOther<T>(DisposeScope? scope, T disposable)
        where T : IDisposable
    {
        ThrowIfDisposed();
        if (disposables.Remove(disposable))
            SetOwner(disposable, scope);
        return disposable;
    }

    public T Detach<T>(T disposable)
        where T : IDisposable => MoveToOther(null, disposable);

    public void Detach(params IDisposable[] disposables)
    {
        foreach (IDisposable disposable in disposables)
            MoveToOther(null, disposable);
    }

    public void Attach(IDisposable disposable)
    {
        ThrowIfDisposed();
        if (disposable is torch.Tensor { OwningDisposeScope: { } owner })
            owner.disposables.Remove(disposable);
        SetOwner(disposable, this);
    }

    public void DisposeEverything() => DisposeEverythingBut(Array.Empty<IDisposable>());

    public void DisposeEverythingBut(params IDisposable[] keep)
    {
        ThrowIfDisposed();
        IDisposable[] doomed = [.. disposables.Where(disposable => !keep.Contains(disposable))];
        foreach (IDisposable disposable in doomed)
        {
            disposables.Remove(disposable);
            if (disposable is torch.Tensor tensor)
                tensor.OwningDisposeScope = null;
            disposable.Dispose();
        }
    }

    public void Dispose()
    {
        if (isDisposed)
            return;
        DisposeEverything();
        isDisposed = true;
        Unlink();
    }

    public void MarkAsDisposed(IDisposable disposable) => disposables.Remove(disposable);

    private static void SetOwner(IDisposable disposable, DisposeScope? scope)
    {
        scope?.disposables.Add(disposable);
        if (disposable is torch.Tensor tensor)
            tensor.OwningDisposeScope = scope;
    }

    // Scopes are nearly always closed innermost first; one closed out of order leaves the chain of the others whole.
    private void Unlink()
    {
        if (ReferenceEquals(current, this))
        {
            current = outer;
            return;
        }

        for (DisposeScope? scope = current; scope is not null; scope = scope.outer)
        {
            if (ReferenceEquals(scope.outer, this))
            {
                scope.outer = outer;
                return;
            }
        }
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(isDisposed, this);
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
