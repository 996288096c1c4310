using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using CircuitPipeline.Hub;
using CircuitPipeline.Pipeline.Stages;
using CircuitPipeline.Study.Engine;
using CircuitPipeline.Tensors.Calls;
using CircuitPipeline.Tensors.Loading;
using CircuitPipeline.Tensors.Reproducibility;
using CircuitPipeline.Tool.Commands;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.TensorsRoom;

/// <summary>Numerics are fixed when a process first computes, so each case is a process of its own.</summary>
public sealed class NumericsOfAProcess
{
    private const string Digests = "digests of reproducible numerics";

    private static readonly Dictionary<string, Action> Cases = new()
    {
        ["a second value"] = () =>
        {
            ProcessNumerics.Fix(Numerics.Reproducible);
            ProcessNumerics.Fix(Numerics.Reproducible);
            ProcessNumerics.Fix(Numerics.Fast);
        },
        ["a value when libtorch is loaded"] = () =>
        {
            LibTorchLoader.Load();
            ProcessNumerics.Fix(Numerics.Fast);
            ProcessNumerics.Fix(Numerics.Reproducible);
        },
        ["a value when TorchSharp has been used"] = () =>
        {
            _ = ones(64).Times(2).exp();
            ProcessNumerics.Fix(Numerics.Reproducible);
        },
        [Digests] = () =>
        {
            ProcessNumerics.Fix(Numerics.Reproducible);
            GuardedCalls.UseThreads(1);
            Print();
            // How a product is cut depends on their number.
            GuardedCalls.UseThreads(2);
            Print();
        },
        ["an operator without a deterministic form"] = () =>
        {
            DeterministicAlgorithms.Enable();
            nn.functional.max_unpool2d(
                ones(1, 1, 1, 1),
                zeros([1, 1, 1, 1], ScalarType.Int64),
                [2L, 2L],
                [2L, 2L],
                [0L, 0L]
            );
        },
        ["all operators of the house"] = () => DeterministicOperators.Check("cpu"),
    };

    [Theory]
    [InlineData("a second value", "reproducible", "fast")]
    [InlineData("a value when libtorch is loaded", "fast", "reproducible")]
    [InlineData("a value when TorchSharp has been used", "fast", "reproducible")]
    public void Stay_as_they_are(string name, string first, string second)
    {
        (int exitCode, _, string error) = ChildProcess.Run(name);

        Assert.Equal(1, exitCode);
        Assert.Equal(
            $"This process computes with numerics '{first}' already, and they are fixed when it first computes; "
                + $"use '{first}', or start another process for '{second}'.",
            error.Trim()
        );
    }

    // libtorch is loaded early then, and TorchSharp finds it without asking.
    [LinuxFact]
    public void Cannot_become_reproducible_where_a_libtorch_of_the_user_has_computed()
    {
        (int exitCode, _, string error) = ChildProcess.Run(
            "a value when TorchSharp has been used",
            ("LIBTORCH", Path.GetDirectoryName(LibTorchLoader.Load().LibTorch)!)
        );

        if (Avx512F.IsSupported)
        {
            Assert.Equal(1, exitCode);
            Assert.StartsWith("This process has computed with AVX512 instructions before numerics were chosen", error);
        }
    }

    [Fact]
    public void Are_those_of_the_process_where_a_command_line_says_none()
    {
        ModelRunOptions options = new()
        {
            Place = new ModelPlace("", null),
            Pairs = new PairsInput { File = "" },
        };

        Assert.Equal(Numerics.Reproducible, ProcessNumerics.Current);
        Assert.Equal("reproducible", options.Engine.Numerics);
    }

    // LIBTORCH has libtorch loaded before anything can be chosen; the variables are what a user could have set.
    [Fact]
    public void Depend_neither_on_the_users_environment_nor_on_when_libtorch_is_loaded()
    {
        string folder = Path.GetDirectoryName(LibTorchLoader.Load().LibTorch)!;

        string plain = ChildProcess.MustSucceed(Digests);

        Assert.Equal(
            plain,
            ChildProcess.MustSucceed(
                Digests,
                ("LIBTORCH", folder),
                ("MKL_CBWR", "AUTO"),
                ("ATEN_CPU_CAPABILITY", "default"),
                ("ONEDNN_MAX_CPU_ISA", "SSE41"),
                ("ONEDNN_DEFAULT_FPMATH_MODE", "ANY"),
                ("OMP_DYNAMIC", "true"),
                ("OMP_THREAD_LIMIT", "1")
            )
        );
        Assert.Equal(37, plain.Split('\n').Length);
    }

    [Fact]
    public void Name_an_operator_that_has_no_deterministic_form()
    {
        (int exitCode, _, string error) = ChildProcess.Run("an operator without a deterministic form");

        Assert.Equal(1, exitCode);
        string name = DeterministicAlgorithms.OperatorWithout(new InvalidOperationException(error))!;
        Assert.Equal("max_unpooling2d_forward_out", name);
        Assert.Equal(
            "'numerics' is 'reproducible', but libtorch's operator 'max_unpooling2d_forward_out' has no deterministic form on 'cuda'; "
                + "use '--numerics=fast' or '--device=cpu'.",
            DeterministicOperators.NotDeterministic(name, "cuda").Message
        );
        Assert.Null(DeterministicAlgorithms.OperatorWithout(new InvalidOperationException("CUDA out of memory")));
    }

    [Fact]
    public void Need_a_libtorch_whose_products_can_be_told()
    {
        NumericsException problem = Assert.Throws<NumericsException>(() =>
            TorchEngine.MustHaveReproducibleLibraries(new LibTorchBuild("2.10.0", "AVX2", null, null, null, "3.7.1"))
        );

        Assert.Equal(
            "Reproducible numerics need a libtorch with MKL and oneDNN, but this one (2.10.0) has MKL none, oneDNN 3.7.1; "
                + "use '--numerics=fast', or the libtorch of NuGet's package.",
            problem.Message
        );
    }

    // The versions are those of the package; another libtorch gives another key.
    [LinuxFact]
    public void Are_recorded_with_the_libraries_that_compute() =>
        Assert.Matches(
            @"^libtorch \d+\.\d+\.\d+\S*, MKL \d+\.\d+, oneDNN \d+\.\d+\.\d+$",
            new TorchEngine().Describe(new EngineSettings("cpu", 1, "reproducible")).Key
        );

    [Fact]
    public void Find_all_operators_of_the_house_deterministic_on_the_processor() =>
        ChildProcess.MustSucceed("all operators of the house");

    /// <summary>One of the cases; null where the name is of none.</summary>
    internal static Action? Named(string name) => Cases.GetValueOrDefault(name);

    /// <summary>Digests of what the house computes with, each from the same drawn numbers.</summary>
    private static void Print()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator random = new(1);
        Tensor Drawn(params long[] sizes) => empty(sizes).uniform_(-2, 2, random);
        (Tensor x, Tensor y) = (Drawn(96, 155), Drawn(155, 64));
        (string Name, Func<Tensor> Compute)[] operations =
        [
            ("uniform", () => x),
            ("normal", () => empty(64, 64).normal_(0, 1, random)),
            ("product", () => x.mm(y)),
            ("linear", () => nn.functional.linear(x, y.t(), Drawn(64))),
            ("large linear map", () => LinearProducts.Linear(Drawn(16, 20, 64), Drawn(96, 64), Drawn(96))),
            ("batched products", () => Drawn(64, 5, 16).bmm(Drawn(64, 16, 5))),
            ("dot", () => x.flatten().dot(x.flatten())),
            ("exp", () => x.exp()),
            ("gelu", () => nn.functional.gelu(x)),
            ("softmax", () => x.softmax(-1)),
            ("log_softmax", () => x.log_softmax(-1)),
            ("cos", () => x.to(ScalarType.Float64).cos()),
            ("norm", () => nn.functional.layer_norm(x, [155])),
            ("rsqrt", () => x.abs().rsqrt_().reciprocal_()),
            ("sum", () => x.sum([0L])),
            ("cross-entropy", () => nn.functional.cross_entropy(x, arange(96) % 155)),
            ("gradient", () => Gradient(x, y)),
            ("float64", () => x.to(ScalarType.Float64).mm(y.to(ScalarType.Float64))),
        ];
        foreach ((string name, Func<Tensor> compute) in operations)
        {
            Console.WriteLine(
                $"{name} {Convert.ToHexStringLower(SHA256.HashData(compute().contiguous().bytes.ToArray()))}"
            );
        }
    }

    private static Tensor Gradient(Tensor x, Tensor y)
    {
        Tensor input = x.clone().requires_grad_();
        return GuardedCalls.Gradients(nn.functional.gelu(input.MatMul(y)).softmax(-1).mm(y.t()).sum(), [input])[0];
    }
}
