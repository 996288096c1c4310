using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor eq(Tensor target) => Ops.One("aten::eq.Tensor", this, target);

        public Tensor eq(Scalar target) => Ops.One("aten::eq.Scalar", this, target);

        public Tensor ne(Tensor target) => Ops.One("aten::ne.Tensor", this, target);

        public Tensor ne(Scalar target) => Ops.One("aten::ne.Scalar", this, target);

        public Tensor lt(Tensor target) => Ops.One("aten::lt.Tensor", this, target);

        public Tensor lt(Scalar target) => Ops.One("aten::lt.Scalar", this, target);

        public Tensor le(Tensor target) => Ops.One("aten::le.Tensor", this, target);

        public Tensor le(Scalar target) => Ops.One("aten::le.Scalar", this, target);

        public Tensor gt(Tensor target) => Ops.One("aten::gt.Tensor", this, target);

        public Tensor gt(Scalar target) => Ops.One("aten::gt.Scalar", this, target);

        public Tensor ge(Tensor target) => Ops.One("aten::ge.Tensor", this, target);

        public Tensor ge(Scalar target) => Ops.One("aten::ge.Scalar", this, target);

        public Tensor isnan() => Ops.One("aten::isnan", this);

        public Tensor isinf() => Ops.One("aten::isinf", this);

        public Tensor isfinite() => Ops.One("aten::isfinite", this);

        public Tensor logical_not() => Ops.One("aten::logical_not", this);

        public Tensor bitwise_not() => Ops.One("aten::bitwise_not", this);

        public Tensor logical_and(Tensor other) => Ops.One("aten::logical_and", this, other);

        public Tensor logical_or(Tensor other) => Ops.One("aten::logical_or", this, other);

        public Tensor logical_xor(Tensor other) => Ops.One("aten::logical_xor", this, other);

        public Tensor bitwise_and(Tensor other) => Ops.One("aten::bitwise_and.Tensor", this, other);

        public Tensor bitwise_or(Tensor other) => Ops.One("aten::bitwise_or.Tensor", this, other);

        public Tensor bitwise_xor(Tensor other) => Ops.One("aten::bitwise_xor.Tensor", this, other);

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
            Ops.Number("aten::allclose", this, target, rtol, atol, equal_nan).Integer != 0;

        /// <summary>Whether shape, type and every element are equal.</summary>
        public bool Equals(Tensor target) => Ops.Number("aten::equal", this, target).Integer != 0;

        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

        public static Tensor operator +(Tensor left, Tensor right) => left.add(right);

        public static Tensor operator +(Tensor left, Scalar right) => left.add(right);

        public static Tensor operator +(Scalar left, Tensor right) => right.add(left);

        public static Tensor operator +(Tensor left, int right) => left.add((Scalar)right);

        public static Tensor operator +(int left, Tensor right) => right.add((Scalar)left);

        public static Tensor operator +(Tensor left, long right) => left.add((Scalar)right);

        public static Tensor operator +(long left, Tensor right) => right.add((Scalar)left);

        public static Tensor operator +(Tensor left, float right) => left.add((Scalar)right);

        public static Tensor operator +(float left, Tensor right) => right.add((Scalar)left);

        public static Tensor operator +(Tensor left, double right) => left.add((Scalar)right);

        public static Tensor operator +(double left, Tensor right) => right.add((Scalar)left);

        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);

        public static Tensor operator *(Tensor left, Scalar right) => left.mul(right);

        public static Tensor operator *(Scalar left, Tensor right) => right.mul(left);

        public static Tensor operator *(Tensor left, int right) => left.mul((Scalar)right);

        public static Tensor operator *(int left, Tensor right) => right.mul((Scalar)left);

        public static Tensor operator *(Tensor left, long right) => left.mul((Scalar)right);

        public static Tensor operator *(long left, Tensor right) => right.mul((Scalar)left);

        public static Tensor operator *(Tensor left, float right) => left.mul((Scalar)right);

        public static Tensor operator *(float left, Tensor right) => right.mul((Scalar)left);

        public static Tensor operator *(Tensor left, double right) => left.mul((Scalar)right);

        public static Tensor operator *(double left, Tensor right) => right.mul((Scalar)left);

        public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);

        public static Tensor operator -(Tensor left, Scalar right) => left.sub(right);

        public static Tensor operator -(Scalar left, Tensor right) => right.SubtractedFrom(left);

        public static Tensor operator -(Tensor left, int right) => left.sub((Scalar)right);

        public static Tensor operator -(int left, Tensor right) => right.SubtractedFrom((Scalar)left);

        public static Tensor operator -(Tensor left, long right) => left.sub((Scalar)right);

        public static Tensor operator -(long left, Tensor right) => right.SubtractedFrom((Scalar)left);

        public static Tensor operator -(Tensor left, float right) => left.sub((Scalar)right);

        public static Tensor operator -(float left, Tensor right) => right.SubtractedFrom((Scalar)left);

        public static Tensor operator -(Tensor left, double right) => left.sub((Scalar)right);

        public static Tensor operator -(double left, Tensor right) => right.SubtractedFrom((Scalar)left);

        public static Tensor operator /(Tensor left, Tensor right) => left.div(right);

        public static Tensor operator /(Tensor left, Scalar right) => left.div(right);

        public static Tensor operator /(Scalar left, Tensor right) => right.Dividing(left);

        public static Tensor operator /(Tensor left, int right) => left.div((Scalar)right);

        public static Tensor operator /(int left, Tensor right) => right.Dividing((Scalar)left);

        public static Tensor operator /(Tensor left, long right) => left.div((Scalar)right);

        public static Tensor operator /(long left, Tensor right) => right.Dividing((Scalar)left);

        public static Tensor operator /(Tensor left, float right) => left.div((Scalar)right);

        public static Tensor operator /(float left, Tensor right) => right.Dividing((Scalar)left);

        public static Tensor operator /(Tensor left, double right) => left.div((Scalar)right);

        public static Tensor operator /(double left, Tensor right) => right.Dividing((Scalar)left);

        private Tensor SubtractedFrom(Scalar left) => Ops.One("aten::rsub.Scalar", this, left);

        private Tensor Dividing(Scalar left)
        {
            using Tensor inverse = reciprocal();
            return inverse.mul(left);
        }

        public static Tensor operator %(Tensor left, Scalar right) => left.remainder(right);

        public static Tensor operator &(Tensor left, Tensor right) => left.bitwise_and(right);

        public static Tensor operator |(Tensor left, Tensor right) => left.bitwise_or(right);

        public static Tensor operator ^(Tensor left, Tensor right) => left.bitwise_xor(right);

        public static Tensor operator ~(Tensor left) => left.bitwise_not();

        public static Tensor operator -(Tensor tensor) => tensor.neg();

        public static Tensor operator <(Tensor left, Scalar right) => left.lt(right);

        public static Tensor operator <=(Tensor left, Scalar right) => left.le(right);

        public static Tensor operator >(Tensor left, Scalar right) => left.gt(right);

        public static Tensor operator >=(Tensor left, Scalar right) => left.ge(right);
    }
}
