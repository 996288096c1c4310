using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A stream of random numbers on one device.</summary>
    public unsafe class Generator : IDisposable
    {
        public Generator(ulong seed = 0, Device? device = null)
            : this(
                Native.Check(Native.NewGenerator(seed, (int)(device ?? CPU).type, (device ?? CPU).index)),
                device ?? CPU
            ) { }

        private Generator(IntPtr handle, Device device) => (Handle, this.device) = (handle, device);

        ~Generator() => Dispose(false);

        public IntPtr Handle { get; private set; }

        public Device device { get; private set; }

        public static Generator Default => new(Native.Check(Native.DefaultGenerator((int)DeviceType.CPU, -1)), CPU);

        public Generator manual_seed(long seed)
        {
            Native.Check(Native.SetSeed(Handle, (ulong)seed));
            return this;
        }

        public long initial_seed() => Native.Seed(Handle);

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (Handle != IntPtr.Zero)
                Native.ReleaseGenerator(Handle);
            Handle = IntPtr.Zero;
        }
    }

    /// <summary>Seeds the default generators of all devices.</summary>
    public static unsafe Generator manual_seed(long seed)
    {
        Native.Check(Native.ManualSeed((ulong)seed));
        return Generator.Default;
    }

    public static partial class random
    {
        public static Generator manual_seed(long seed) => torch.manual_seed(seed);
    }
}
