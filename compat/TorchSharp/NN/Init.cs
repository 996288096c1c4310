namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>From the default generator: the original accepts another and ignores it. Tensor.normal_ takes one.</summary>
        public static class init
        {
            public static Tensor ones_(Tensor tensor) => constant_(tensor, 1);

            public static Tensor zeros_(Tensor tensor) => constant_(tensor, 0);

            public static Tensor constant_(Tensor tensor, Scalar val)
            {
                using IDisposable frozen = no_grad();
                return tensor.fill_(val);
            }

            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1)
            {
                using IDisposable frozen = no_grad();
                return tensor.uniform_(low, high);
            }

            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1)
            {
                using IDisposable frozen = no_grad();
                return tensor.normal_(mean, std);
            }

            /// <summary>Uniform in ±√(6 / ((1 + a²) fan_in)), PyTorch's default for linear layers' weights.</summary>
            public static Tensor kaiming_uniform_(Tensor tensor, double a = 0)
            {
                double bound = Math.Sqrt(6.0 / ((1 + a * a) * tensor.shape[1]));
                return uniform_(tensor, -bound, bound);
            }
        }
    }
}
