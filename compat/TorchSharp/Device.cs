using System.Globalization;
using TorchSharp.Interop;

namespace TorchSharp;

public enum DeviceType
{
    CPU = 0,
    CUDA = 1,
}

public static partial class torch
{
    public enum ScalarType : sbyte
    {
        Byte = 0,
        Int8 = 1,
        Int16 = 2,
        Int32 = 3,
        Int64 = 4,
        Float16 = 5,
        Float32 = 6,
        Float64 = 7,
        Bool = 11,
        BFloat16 = 15,
    }

    public static readonly ScalarType uint8 = ScalarType.Byte;
    public static readonly ScalarType int8 = ScalarType.Int8;
    public static readonly ScalarType int16 = ScalarType.Int16;
    public static readonly ScalarType int64 = ScalarType.Int64;
    public static readonly ScalarType float16 = ScalarType.Float16;
    public static readonly ScalarType float32 = ScalarType.Float32;
    public static readonly ScalarType float64 = ScalarType.Float64;
    public static readonly ScalarType bfloat16 = ScalarType.BFloat16;
    public static readonly ScalarType @bool = ScalarType.Bool;

    public static bool is_floating_point(ScalarType type) =>
        type is ScalarType.Float16 or ScalarType.Float32 or ScalarType.Float64 or ScalarType.BFloat16;

    public class Device
    {
        public Device(string description)
        {
            string[] parts = description.Split(':');
            type = parts[0].ToLowerInvariant() switch
            {
                "cpu" => DeviceType.CPU,
                "cuda" => DeviceType.CUDA,
                _ => throw new ArgumentException($"Unrecognized device description '{description}'."),
            };
            if (parts.Length > 1)
                index = int.Parse(parts[1], CultureInfo.InvariantCulture);
            else if (type == DeviceType.CUDA)
                index = 0;
        }

        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index < 0 && deviceType == DeviceType.CUDA ? 0 : index;
        }

        public DeviceType type { get; private set; }

        public int index { get; private set; } = -1;

        public override string ToString() =>
            type == DeviceType.CPU ? "cpu"
            : index < 0 ? "cuda"
            : $"cuda:{index}";

        public static implicit operator Device(string description) => new(description);
    }

    public static readonly Device CPU = new(DeviceType.CPU);

    public static Device CUDA => new(DeviceType.CUDA);

    public static Device device(string description) => new(description);

    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    /// <summary>The version of the libtorch underneath, as '1.13.0'.</summary>
    public static unsafe string __version__ => Native.Message(Native.Version());

    public static unsafe int get_num_threads() => Native.Threads();

    public static unsafe void set_num_threads(int num) => Native.Check(Native.SetThreads(num));

    public static partial class cuda
    {
        public static unsafe bool is_available() => Native.CudaAvailable() != 0;

        public static unsafe int device_count() => Native.CudaCount();

        public static unsafe void synchronize(Device? device = null) =>
            Native.Check(Native.CudaSynchronize(device?.index ?? -1));
    }

    public static bool cuda_is_available() => cuda.is_available();
}
