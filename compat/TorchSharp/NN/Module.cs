using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A part of a model: parameters, buffers and further modules, named by the fields that hold them.</summary>
        public class Module : IDisposable
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
                {
                    yield return (child, module);
                    foreach ((string inner, Module nested) in module.named_modules())
                        yield return ($"{child}.{inner}", nested);
                }
            }

            public virtual IEnumerable<Module> modules() => named_modules().Select(found => found.module);

            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true) =>
                recurse
                    ? ownParameters.Concat(
                        submodules.SelectMany(held =>
                            held.module.named_parameters()
                                .Select(inner => ($"{held.name}.{inner.name}", inner.parameter))
                        )
                    )
                    : ownParameters;

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) =>
                named_parameters(recurse).Select(found => found.parameter);

            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(
                bool recurse = true,
                bool include_nonpersistent = true
            )
            {
                foreach ((string own, Tensor tensor, bool persistent) in ownBuffers)
                {
                    if (persistent || include_nonpersistent)
                        yield return (own, tensor);
                }

                if (!recurse)
                    yield break;
                foreach ((string child, Module module) in submodules)
                {
                    foreach ((string inner, Tensor tensor) in module.named_buffers(true, include_nonpersistent))
                        yield return ($"{child}.{inner}", tensor);
                }
            }

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(found => found.buffer);

            public virtual Parameter? get_parameter(string target) =>
                named_parameters().FirstOrDefault(found => found.name == target).parameter;

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

            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (Parameter parameter in parameters())
                {
                    using Tensor? gradient = parameter.grad;
                    if (gradient is null)
                        continue;
                    if (set_to_none)
                        parameter.grad = null;
                    else
                        gradient.zero_().Dispose();
                }
            }

            // ---- state

            public virtual Dictionary<string, Tensor> state_dict(
                Dictionary<string, Tensor>? destination = null,
                string? prefix = null
            )
            {
                destination ??= [];
                string start = prefix is null ? "" : $"{prefix}.";
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
                        target.copy_(value).Dispose();
                }

                return (missing, unexpected);
            }

            // ---- conversion

            internal void Convert(ScalarType? dtype, Device? device)
            {
                foreach (Module child in children())
                    child.Convert(dtype, device);
                for (int i = 0; i < ownParameters.Count; i++)
                {
                    (string held, Parameter parameter) = ownParameters[i];
                    Parameter converted = Converted(parameter, dtype, device);
                    ownParameters[i] = (held, converted);
                    SetField(held, converted);
                }

                for (int i = 0; i < ownBuffers.Count; i++)
                {
                    (string held, Tensor buffer, bool persistent) = ownBuffers[i];
                    Tensor converted = buffer
                        .to(TargetType(buffer, dtype), device ?? buffer.device)
                        .DetachFromDisposeScope();
                    ownBuffers[i] = (held, converted, persistent);
                    SetField(held, converted);
                }
            }

            private static Parameter Converted(Parameter parameter, ScalarType? dtype, Device? device)
            {
                using IDisposable frozen = no_grad();
                ScalarType type = TargetType(parameter, dtype);
                Device place = device ?? parameter.device;
                if (type == parameter.dtype && place.ToString() == parameter.device.ToString())
                    return parameter;
                Parameter converted = new(parameter.to(type, place), parameter.requires_grad);
                converted.DetachFromDisposeScope();
                parameter.Dispose();
                return converted;
            }

            private static ScalarType TargetType(Tensor tensor, ScalarType? dtype) =>
                dtype is { } type && tensor.is_floating_point() ? type : tensor.dtype;

            private void SetField(string component, Tensor value)
            {
                foreach (FieldInfo field in FieldsOf(GetType()))
                {
                    string held = field.GetCustomAttribute<ComponentNameAttribute>()?.Name ?? field.Name;
                    if (held == component && field.FieldType.IsInstanceOfType(value))
                        field.SetValue(this, value);
                }
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

public static class ModuleExtensionMethods
{
    public static T to<T>(this T module, torch.ScalarType type, bool non_blocking = false)
        where T : torch.nn.Module => Converted(module, type, null);

    public static T to<T>(this T module, torch.Device device, bool non_blocking = false)
        where T : torch.nn.Module => Converted(module, null, device);

    public static T to<T>(this T module, torch.Device device, torch.ScalarType type, bool non_blocking = false)
        where T : torch.nn.Module => Converted(module, type, device);

    public static T cpu<T>(this T module, bool non_blocking = false)
        where T : torch.nn.Module => Converted(module, null, torch.CPU);

    public static T cuda<T>(this T module, int deviceIndex = -1, bool non_blocking = false)
        where T : torch.nn.Module => Converted(module, null, new torch.Device(DeviceType.CUDA, deviceIndex));

    private static T Converted<T>(T module, torch.ScalarType? type, torch.Device? device)
        where T : torch.nn.Module
    {
        module.Convert(type, device);
        return module;
    }
}
