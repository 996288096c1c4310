using System.Collections.Immutable;
using CircuitPipeline.Tensors.Calls;
using static TorchSharp.torch;

namespace CircuitPipeline.Models.Activations;

/// <summary>
/// What to do with which activations in one forward pass: a function gets the activation and returns what the pass
/// goes on with, the same tensor to only read it. Passed to the call, so that nothing stays switched on in the model.
/// </summary>
public sealed class ActivationHooks
{
    private readonly ImmutableDictionary<string, Func<Tensor, Tensor>> _hooks;

    private ActivationHooks(ImmutableDictionary<string, Func<Tensor, Tensor>> hooks) => _hooks = hooks;

    /// <summary>Reads and replaces nothing.</summary>
    public static ActivationHooks None { get; } =
        new(ImmutableDictionary.Create<string, Func<Tensor, Tensor>>(StringComparer.Ordinal));

    internal bool IsEmpty => _hooks.IsEmpty;

    /// <summary>These hooks and one more; two on the same name run in the order in which they were added.</summary>
    /// <param name="name">One of <see cref="HookNames"/>.</param>
    /// <param name="hook">Gets the activation, returns what the pass goes on with; of the same shape.</param>
    public ActivationHooks With(string name, Func<Tensor, Tensor> hook) =>
        new(
            _hooks.SetItem(
                name,
                _hooks.TryGetValue(name, out Func<Tensor, Tensor>? first) ? value => hook(first(value)) : hook
            )
        );

    /// <summary>These hooks, and each named activation is given to a reader.</summary>
    /// <param name="names">Some of <see cref="HookNames"/>.</param>
    /// <param name="read">Gets name and activation; the tensor lives in the caller's dispose scope.</param>
    public ActivationHooks Reading(IEnumerable<string> names, Action<string, Tensor> read) =>
        names.Aggregate(
            this,
            (hooks, name) =>
                hooks.With(
                    name,
                    activation =>
                    {
                        read(name, activation);
                        return activation;
                    }
                )
        );

    /// <summary>Refuses names that a model does not have, which would otherwise silently do nothing.</summary>
    /// <exception cref="ArgumentException">A hook has a name that is not in <paramref name="known"/>.</exception>
    internal void MustBeAmong(IReadOnlySet<string> known)
    {
        if (_hooks.Keys.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw new ArgumentException(
                $"The model has no activation '{unknown}'; its names are those of HookNames.All, the first is "
                    + $"'{HookNames.Embed}'."
            );
        }
    }

    internal Tensor Apply(string name, Tensor activation)
    {
        if (!_hooks.TryGetValue(name, out Func<Tensor, Tensor>? hook))
        {
            return activation;
        }

        Tensor replaced = hook(activation);
        if (!ReferenceEquals(replaced, activation) && !replaced.shape.AsSpan().SequenceEqual(activation.shape))
        {
            throw new ArgumentException(
                $"The replacement of '{name}' has shape {replaced.ShapeText}, but the activation has {activation.ShapeText}."
            );
        }

        return replaced;
    }
}
