using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Engine;

public sealed class LinearAlgebra
{
    private readonly Tensor a = tensor(
        new[,]
        {
            { 4.0, 1 },
            { 1, 3 },
        }
    );
    private readonly Tensor b = tensor(
        new[,]
        {
            { 1.0, 2 },
            { 3, 4 },
        }
    );

    [Fact]
    public void Multiplies_matrices_and_vectors()
    {
        Tensor v = tensor(new[] { 1.0, -1 });

        Elements.MustBe(a.mm(b), 7, 12, 10, 14);
        Elements.MustBe(mm(a, b) - matmul(a, b), 0, 0, 0, 0);
        Elements.MustBe(a.mv(v), 3, -2);
        Elements.MustBe(v.dot(v), 2);
        Elements.MustBe(v.outer(v), 1, -1, -1, 1);
        Elements.MustBe(outer(v, v), 1, -1, -1, 1);
    }

    [Fact]
    public void Multiplies_batches()
    {
        Tensor batch = stack([a, b]);

        Elements.MustBe(batch.bmm(batch)[1], 7, 10, 15, 22);
        Elements.MustBe(bmm(batch, batch)[0], 17, 7, 7, 10);
        Assert.Equal([5, 2, 3], ones(5, 2, 4).matmul(ones(4, 3)).shape);
        Elements.MustBe(zeros([2, 2, 2], dtype: float64).baddbmm(batch, batch, alpha: 2)[1], 14, 20, 30, 44);
    }

    [Fact]
    public void Adds_a_product()
    {
        Elements.MustBe(b.addmm(a, b, beta: 2, alpha: -1), -5, -8, -4, -6);
        Elements.MustBe(b.clone().addmm_(a, b), 8, 14, 13, 18);
    }

    [Fact]
    public void Solves_and_inverts()
    {
        Elements.MustBe(linalg.inv(a).mm(a), 1, 0, 0, 1);
        Elements.MustBe(linalg.det(a), 11);
        Elements.MustBe(a.mm(linalg.solve(a, b)), 1, 2, 3, 4);
    }

    [Fact]
    public void Factorises()
    {
        Tensor lower = linalg.cholesky(a);
        (Tensor u, Tensor s, Tensor vh) = linalg.svd(b);
        (Tensor values, Tensor vectors) = linalg.eigh(a);

        Elements.MustBe(lower.mm(lower.t()), 4, 1, 1, 3);
        Elements.MustBe(u.mm(s.diag()).mm(vh), 1, 2, 3, 4);
        Elements.MustBe(vectors.mm(values.diag()).mm(vectors.t()), 4, 1, 1, 3);
    }

    [Fact]
    public void Sums_over_the_letters_of_an_equation()
    {
        Elements.MustBe(einsum("ij,jk->ik", a, b), 7, 12, 10, 14);
        Elements.MustBe(einsum("ii->", a), 7);
        Elements.MustBe(einsum("ij->ji", b), 1, 3, 2, 4);
        Elements.MustBe(a.trace(), 7);
    }
}
