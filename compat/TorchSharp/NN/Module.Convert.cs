using System.Reflection;
using TorchSharp.Modules;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            internal void Convert(ScalarType? dtype, Device? device)
            {
                if (dtype is { } type && !torch.is_floating_point(type))
                    throw new ArgumentException(
                        $"nn.Module.to only accepts floating point or complex types, but got desired dtype={type}"
                    );

                using IDisposable frozen = no_grad();
                foreach (Module child in children())
                    child.Convert(dtype, device);
                for (int i = 0; i < ownParameters.Count; i++)
                {
                    (string held, Parameter parameter) = ownParameters[i];
                    if (Stays(parameter, dtype, device))
                        continue;
                    Parameter converted = Converted(parameter, dtype, device);
                    ownParameters[i] = (held, converted);
                    SetField(held, converted);
                }

                for (int i = 0; i < ownBuffers.Count; i++)
                {
                    (string held, Tensor buffer, bool persistent) = ownBuffers[i];
                    if (!persistent || Stays(buffer, dtype, device))
                        continue;
                    Tensor converted = Moved(buffer, dtype, device);
                    buffer.Dispose();
                    ownBuffers[i] = (held, converted, persistent);
                    SetField(held, converted);
                }
            }

            private static Parameter Converted(Parameter parameter, ScalarType? dtype, Device? device)
            {
                Parameter converted = new(Moved(parameter, dtype, device), parameter.requires_grad);
                using Tensor? gradient = parameter.grad;
                if (gradient is not null)
                {
                    using Tensor moved = Moved(gradient, dtype, device);
                    converted.grad = moved;
                }

                parameter.Dispose();
                return converted;
            }

            private static Tensor Moved(Tensor tensor, ScalarType? dtype, Device? device) =>
                tensor.to(TargetType(tensor, dtype), device ?? tensor.device).DetachFromDisposeScope();

            private static bool Stays(Tensor tensor, ScalarType? dtype, Device? device) =>
                tensor.IsInvalid
                || (
                    TargetType(tensor, dtype) == tensor.dtype
                    && (device is null || device.ToString() == tensor.device.ToString())
                );

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
