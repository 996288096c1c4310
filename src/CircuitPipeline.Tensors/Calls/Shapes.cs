using static TorchSharp.torch;

namespace CircuitPipeline.Tensors.Calls;

/// <summary>Checks of shapes where tensors enter.</summary>
public static class Shapes
{
    extension(Tensor tensor)
    {
        /// <summary>The shape as errors print it, <c>[4, 12, 64]</c>.</summary>
        public string ShapeText => $"[{string.Join(", ", tensor.shape)}]";

        /// <summary>Refuses a tensor of another shape than the one expected.</summary>
        /// <param name="what">What the tensor is, for the message.</param>
        /// <param name="dimensions">Name and size of each dimension; a size of -1 is free.</param>
        /// <exception cref="ArgumentException">The shape differs.</exception>
        public void MustHaveShape(string what, params ReadOnlySpan<(string Name, long Size)> dimensions)
        {
            long[] shape = tensor.shape;
            bool fits = shape.Length == dimensions.Length;
            for (int i = 0; fits && i < shape.Length; i++)
            {
                fits = dimensions[i].Size is -1 || dimensions[i].Size == shape[i];
            }

            if (fits)
            {
                return;
            }

            string expected = string.Join(
                ", ",
                dimensions.ToArray().Select(wanted => wanted.Size < 0 ? wanted.Name : $"{wanted.Name}={wanted.Size}")
            );
            throw new ArgumentException($"Expected {what} of shape [{expected}], got {tensor.ShapeText}.");
        }
    }
}
