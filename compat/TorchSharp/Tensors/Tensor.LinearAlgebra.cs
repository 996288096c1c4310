using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor matmul(Tensor target) => Ops.One("aten::matmul", this, target);

        public Tensor mm(Tensor target) => Ops.One("aten::mm", this, target);

        public Tensor bmm(Tensor batch2) => Ops.One("aten::bmm", this, batch2);

        public Tensor mv(Tensor target) => Ops.One("aten::mv", this, target);

        public Tensor dot(Tensor target) => Ops.One("aten::dot", this, target);

        public Tensor outer(Tensor vec2) => Ops.One("aten::outer", this, vec2);

        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) =>
            Ops.One("aten::addmm", this, mat1, mat2, (double)beta, (double)alpha);

        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) =>
            Ops.InPlace("aten::addmm_", this, mat1, mat2, (double)beta, (double)alpha);

        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
            Ops.One("aten::baddbmm", this, batch1, batch2, (double)beta, (double)alpha);
    }

    public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);

    public static Tensor mm(Tensor input, Tensor target) => input.mm(target);

    public static Tensor bmm(Tensor input, Tensor batch2) => input.bmm(batch2);

    public static Tensor outer(Tensor input, Tensor vec2) => input.outer(vec2);

    public static Tensor einsum(string equation, params Tensor[] tensors) =>
        Ops.One("aten::einsum", equation, Arg.List(tensors));

    public static class linalg
    {
        public static Tensor vector_norm(Tensor input, double ord = 2d, long[]? dims = null, bool keepdim = false) =>
            Ops.One("aten::linalg_vector_norm", input, ord, dims, keepdim);

        public static Tensor inv(Tensor input) => Ops.One("aten::linalg_inv", input);

        public static Tensor det(Tensor input) => Ops.One("aten::linalg_det", input);

        public static Tensor cholesky(Tensor input) => Ops.One("aten::linalg_cholesky", input);

        public static Tensor solve(Tensor A, Tensor B) => Ops.One("aten::linalg_solve", A, B);

        public static (Tensor U, Tensor S, Tensor Vh) svd(Tensor input, bool fullMatrices = true)
        {
            Tensor[] parts = Ops.Many("aten::linalg_svd", input, fullMatrices);
            return (parts[0], parts[1], parts[2]);
        }

        public static (Tensor, Tensor) eigh(Tensor input, char UPLO = 'L') =>
            Ops.Two("aten::linalg_eigh", input, UPLO.ToString());
    }
}
