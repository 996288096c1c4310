using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A part of a model: parameters, buffers and further modules, named by the fields that hold them.</summary>
        public partial class Module : IDisposable
        {
            private readonly List<(string name, Module module)> submodules = [];
            private readonly List<(string name, Tensor tensor, bool persistent)> ownBuffers = [];
            private readonly List<(string name, Parameter parameter)> ownParameters = [];
            private readonly string name;
            private bool areComponentsRegistered;

            protected Module(string name) => this.name = name;

            public virtual bool training { get; private set; } = true;

            public virtual string GetName() => name;

            // ---- registration

            /// <summary>Registers what the fields hold; the last line of a module's constructor.</summary>
            protected virtual void RegisterComponents()
            {
                if (areComponentsRegistered)
                    return;
                foreach (FieldInfo field in FieldsOf(GetType()))
                {
                    string component = field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name;
                    if (Holds(component))
                        continue;
                    switch (field.GetValue(this))
                    {
                        case Module module:
                            register_module(component, module);
                            break;
                        case Parameter parameter:
                            register_parameter(component, parameter);
                            break;
                        case Tensor tensor:
                            register_buffer(component, tensor);
                            break;
                    }
                }

                areComponentsRegistered = true;
            }

            public virtual void register_module(string name, Module submodule)
            {
                if (name.Contains('.', StringComparison.Ordinal) || name.Length == 0)
                    throw new ArgumentException($"module name can't be empty or contain \".\", got: '{name}'");
                if (submodules.Exists(held => held.name == name))
                    throw new InvalidOperationException($"Sub-module {name} is already registered.");
                submodule.RegisterComponents();
                submodules.Add((name, submodule));
            }

            public void add_module(string name, Module module) => register_module(name, module);

            public virtual void register_parameter(string name, Parameter param)
            {
                if (ownParameters.Exists(held => held.name == name))
                    throw new InvalidOperationException($"Parameter {name} is already registered.");
                ownParameters.Add((name, param));
            }

            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                if (ownBuffers.Exists(held => held.name == name))
                    throw new InvalidOperationException($"Tensor {name} is already registered.");
                ownBuffers.Add((name, tensor, persistent));
            }

            private bool Holds(string component) =>
                submodules.Exists(held => held.name == component)
                || ownParameters.Exists(held => held.name == component)
                || ownBuffers.Exists(held => held.name == component);

            private static IEnumerable<FieldInfo> FieldsOf(Type? type)
            {
                const BindingFlags own =
                    BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly;
                for (; type is not null && type != typeof(Module); type = type.BaseType)
                {
                    foreach (FieldInfo field in type.GetFields(own))
                        yield return field;
                }
            }

            // ---- walking

            public virtual IEnumerable<(string name, Module module)> named_children() => submodules;

            public virtual IEnumerable<Module> children() => submodules.Select(held => held.module);

            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach ((string child, Module module) in named_children())
                    yield return (child, module);
                foreach ((string child, Module module) in named_children())
                {
                    foreach ((string inner, Module nested) in module.named_modules())
                        yield return ($"{child}.{inner}", nested);
                }
            }

            public virtual IEnumerable<Module> modules() => named_modules().Select(found => found.module);

            /// <summary>A parameter that several modules share has the first of its names only.</summary>
            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                HashSet<Parameter> seen = new(ReferenceEqualityComparer.Instance);
                foreach ((string own, Parameter parameter) in ownParameters)
                {
                    if (!parameter.IsInvalid && seen.Add(parameter))
                        yield return (own, parameter);
                }

                if (!recurse)
                    yield break;
                foreach ((string child, Module module) in submodules)
                {
                    foreach ((string inner, Parameter parameter) in module.named_parameters())
                    {
                        if (seen.Add(parameter))
                            yield return ($"{child}.{inner}", parameter);
                    }
                }
            }

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) =>
                named_parameters(recurse).Select(found => found.parameter);

            /// <summary>Only persistent buffers, whatever is asked for: so does the original.</summary>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(
                bool recurse = true,
                bool include_nonpersistent = true
            )
            {
                HashSet<Tensor> seen = new(ReferenceEqualityComparer.Instance);
                foreach ((string own, Tensor tensor, bool persistent) in ownBuffers)
                {
                    if (persistent && !tensor.IsInvalid && seen.Add(tensor))
                        yield return (own, tensor);
                }

                if (!recurse)
                    yield break;
                foreach ((string child, Module module) in submodules)
                {
                    foreach ((string inner, Tensor tensor) in module.named_buffers(true, include_nonpersistent))
                    {
                        if (seen.Add(tensor))
                            yield return ($"{child}.{inner}", tensor);
                    }
                }
            }

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(found => found.buffer);

            public virtual Parameter? get_parameter(string target)
            {
                int dot = target.IndexOf('.', StringComparison.Ordinal);
                return dot < 0
                    ? ownParameters.Find(held => held.name == target).parameter
                    : submodules.Find(held => held.name == target[..dot]).module?.get_parameter(target[(dot + 1)..]);
            }

            public virtual Module apply(Action<Module> fn)
            {
                foreach (Module child in children())
                    child.apply(fn);
                fn(this);
                return this;
            }

            // ---- mode and gradients

            public virtual void train(bool train = true)
            {
                training = train;
                foreach (Module child in children())
                    child.train(train);
            }

            public virtual void eval() => train(false);

            /// <summary>Drops the gradients; the original cannot set those of managed modules to zero instead.</summary>
            public virtual void zero_grad()
            {
                foreach (Parameter parameter in parameters())
                    parameter.grad = null;
            }

            // ---- state

            public virtual Dictionary<string, Tensor> state_dict(
                Dictionary<string, Tensor>? destination = null,
                string? prefix = null
            )
            {
                destination ??= [];
                string start = string.IsNullOrEmpty(prefix) ? "" : $"{prefix}.";
                foreach ((string held, Parameter parameter) in named_parameters())
                    destination.TryAdd(start + held, parameter);
                foreach ((string held, Tensor buffer) in named_buffers(true, include_nonpersistent: false))
                    destination.TryAdd(start + held, buffer);
                return destination;
            }

            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source,
                bool strict = true,
                IList<string>? skip = null
            )
            {
                Dictionary<string, Tensor> own = state_dict();
                List<string> missing =
                [
                    .. own.Keys.Where(key => !source.ContainsKey(key) && skip?.Contains(key) != true),
                ];
                List<string> unexpected =
                [
                    .. source.Keys.Where(key => !own.ContainsKey(key) && skip?.Contains(key) != true),
                ];
                if (strict && (missing.Count > 0 || unexpected.Count > 0))
                    throw new InvalidOperationException(
                        "The loaded state_dict is not identical to the target dictionary."
                    );

                using IDisposable frozen = no_grad();
                foreach ((string key, Tensor target) in own)
                {
                    if (skip?.Contains(key) != true && source.TryGetValue(key, out Tensor? value))
                        target.copy_(value);
                }

                return (missing, unexpected);
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                    return;
                foreach ((_, Module module) in submodules)
                    module.Dispose();
                foreach ((_, Parameter parameter) in ownParameters)
                    parameter.Dispose();
                foreach ((_, Tensor tensor, _) in ownBuffers)
                    tensor.Dispose();
            }
        }
    }
}
