using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor zeros_like(
        Tensor input,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) => Factory.New("aten::zeros_like", dtype, device, requires_grad, input);

    public static Tensor ones_like(
        Tensor input,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) => Factory.New("aten::ones_like", dtype, device, requires_grad, input);

    public static Tensor empty_like(
        Tensor input,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) => Factory.New("aten::empty_like", dtype, device, requires_grad, input);

    public static Tensor randn_like(
        Tensor input,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) => Factory.New("aten::randn_like", dtype, device, requires_grad, input);

    public static Tensor full_like(
        Tensor input,
        Scalar value,
        ScalarType? dtype = null,
        Device? device = null,
        bool requires_grad = false
    ) => Factory.New("aten::full_like", dtype, device, requires_grad, input, value);

    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Ops.One("aten::cat", Arg.List([.. tensors]), dim);

    public static Tensor cat(Tensor[] tensors, long dim = 0) => Ops.One("aten::cat", Arg.List(tensors), dim);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) =>
        Ops.One("aten::stack", Arg.List([.. tensors]), dim);

    public static Tensor where(Tensor condition, Tensor x, Tensor y) => x.where(condition, y);

    public static Tensor exp(Tensor input) => input.exp();

    public static Tensor log(Tensor input) => input.log();

    public static Tensor sqrt(Tensor input) => input.sqrt();

    public static Tensor sin(Tensor input) => input.sin();

    public static Tensor cos(Tensor input) => input.cos();

    public static Tensor tanh(Tensor input) => input.tanh();

    public static Tensor abs(Tensor input) => input.abs();

    public static Tensor pow(Tensor left, Scalar exponent) => left.pow(exponent);

    public static Tensor add(Tensor left, Tensor right) => left.add(right);

    public static Tensor mul(Tensor left, Tensor right) => left.mul(right);

    public static Tensor maximum(Tensor input, Tensor other) => input.maximum(other);

    public static Tensor minimum(Tensor input, Tensor other) => input.minimum(other);

    public static Tensor sum(Tensor input, ScalarType? type = null) => input.sum(type);

    public static Tensor mean(Tensor input) => input.mean();

    public static Tensor argmax(Tensor input, long dim, bool keepdim = false) => input.argmax(dim, keepdim);

    public static Tensor softmax(Tensor input, int dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

    public static Tensor tril(Tensor input, long diagonal = 0) => input.tril(diagonal);

    public static Tensor triu(Tensor input, long diagonal = 0) => input.triu(diagonal);

    public static bool allclose(
        Tensor tensor,
        Tensor target,
        double rtol = 1e-05,
        double atol = 1e-08,
        bool equal_nan = false
    ) => tensor.allclose(target, rtol, atol, equal_nan);

    public static Tensor bernoulli(Tensor input, Generator? generator = null) =>
        Ops.One("aten::bernoulli", input, generator);

    public static Tensor multinomial(
        Tensor input,
        long num_samples,
        bool replacement = false,
        Generator? generator = null
    ) => Ops.One("aten::multinomial", input, num_samples, replacement, generator);

    public partial class Tensor
    {
        public Tensor normal_(double mean = 0.0, double std = 1.0, Generator? generator = null) =>
            Ops.InPlace("aten::normal_", this, mean, std, generator);

        public Tensor uniform_(double from, double to, Generator? generator = null) =>
            Ops.InPlace("aten::uniform_", this, from, to, generator);

        public Tensor bernoulli(Generator? generator = null) => torch.bernoulli(this, generator);
    }
}
