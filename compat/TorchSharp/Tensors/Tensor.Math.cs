using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public enum RoundingMode
    {
        None,
        trunc,
        floor,
    }

    public partial class Tensor
    {
        public Tensor add(Tensor target) => Ops.One("aten::add.Tensor", this, target);

        public Tensor add(Tensor target, Scalar alpha) => Ops.One("aten::add.Tensor", this, target, alpha);

        public Tensor add(Scalar scalar) => Ops.One("aten::add.Scalar", this, scalar);

        public Tensor add_(Tensor target) => Ops.InPlace("aten::add_.Tensor", this, target);

        public Tensor add_(Tensor target, Scalar alpha) => Ops.InPlace("aten::add_.Tensor", this, target, alpha);

        public Tensor add_(Scalar scalar) => Ops.InPlace("aten::add_.Scalar", this, scalar);

        public Tensor sub(Tensor target) => Ops.One("aten::sub.Tensor", this, target);

        public Tensor sub(Scalar target) => Ops.One("aten::sub.Scalar", this, target);

        public Tensor sub_(Tensor target) => Ops.InPlace("aten::sub_.Tensor", this, target);

        public Tensor sub_(Scalar target) => Ops.InPlace("aten::sub_.Scalar", this, target);

        public Tensor mul(Tensor target) => Ops.One("aten::mul.Tensor", this, target);

        public Tensor mul(Scalar target) => Ops.One("aten::mul.Scalar", this, target);

        public Tensor mul_(Tensor target) => Ops.InPlace("aten::mul_.Tensor", this, target);

        public Tensor mul_(Scalar target) => Ops.InPlace("aten::mul_.Scalar", this, target);

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Ops.One("aten::div.Tensor_mode", this, target, ModeName(rounding_mode));

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Ops.One("aten::div.Scalar_mode", this, target, ModeName(rounding_mode));

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            Ops.InPlace("aten::div_.Tensor_mode", this, target, ModeName(rounding_mode));

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            Ops.InPlace("aten::div_.Scalar_mode", this, target, ModeName(rounding_mode));

        public Tensor remainder(Tensor target) => Ops.One("aten::remainder.Tensor", this, target);

        public Tensor remainder(Scalar scalar) => Ops.One("aten::remainder.Scalar", this, scalar);

        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Ops.One("aten::addcmul", this, tensor1, tensor2, value);

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Ops.InPlace("aten::addcmul_", this, tensor1, tensor2, value);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Ops.One("aten::addcdiv", this, tensor1, tensor2, value);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) =>
            Ops.InPlace("aten::addcdiv_", this, tensor1, tensor2, value);

        public Tensor lerp(Tensor end, Tensor weight) => Ops.One("aten::lerp.Tensor", this, end, weight);

        public Tensor pow(Tensor exponent) => Ops.One("aten::pow.Tensor_Tensor", this, exponent);

        public Tensor pow(Scalar exponent) => Ops.One("aten::pow.Tensor_Scalar", this, exponent);

        public Tensor square() => pow(2);

        public Tensor neg() => Ops.One("aten::neg", this);

        public Tensor negative() => neg();

        public Tensor neg_() => Ops.InPlace("aten::neg_", this);

        public Tensor abs() => Ops.One("aten::abs", this);

        public Tensor sign() => Ops.One("aten::sign", this);

        public Tensor reciprocal() => Ops.One("aten::reciprocal", this);

        public Tensor sqrt() => Ops.One("aten::sqrt", this);

        public Tensor sqrt_() => Ops.InPlace("aten::sqrt_", this);

        public Tensor rsqrt() => Ops.One("aten::rsqrt", this);

        public Tensor exp() => Ops.One("aten::exp", this);

        public Tensor exp_() => Ops.InPlace("aten::exp_", this);

        public Tensor expm1() => Ops.One("aten::expm1", this);

        public Tensor log() => Ops.One("aten::log", this);

        public Tensor log1p() => Ops.One("aten::log1p", this);

        public Tensor log2() => Ops.One("aten::log2", this);

        public Tensor erf() => Ops.One("aten::erf", this);

        public Tensor sin() => Ops.One("aten::sin", this);

        public Tensor cos() => Ops.One("aten::cos", this);

        public Tensor tanh() => Ops.One("aten::tanh", this);

        public Tensor sigmoid() => Ops.One("aten::sigmoid", this);

        public Tensor relu() => Ops.One("aten::relu", this);

        public Tensor gelu() => Ops.One("aten::gelu", this);

        public Tensor silu() => Ops.One("aten::silu", this);

        public Tensor floor() => Ops.One("aten::floor", this);

        public Tensor ceil() => Ops.One("aten::ceil", this);

        public Tensor round() => Ops.One("aten::round", this);

        public Tensor trunc() => Ops.One("aten::trunc", this);

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Ops.One("aten::clamp", this, min, max);

        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Ops.InPlace("aten::clamp_", this, min, max);

        public Tensor clamp_min(Scalar min) => Ops.One("aten::clamp_min", this, min);

        public Tensor clamp_max(Scalar max) => Ops.One("aten::clamp_max", this, max);

        public Tensor maximum(Tensor other) => Ops.One("aten::maximum", this, other);

        public Tensor minimum(Tensor other) => Ops.One("aten::minimum", this, other);

        public Tensor softmax(long dim, ScalarType? dtype = null) => Ops.One("aten::softmax.int", this, dim, dtype);

        public Tensor log_softmax(long dim, ScalarType? dtype = null) =>
            Ops.One("aten::log_softmax.int", this, dim, dtype);

        private static string? ModeName(RoundingMode mode) => mode == RoundingMode.None ? null : mode.ToString();
    }
}
