using CircuitPipeline.Tensors.Loading;
using Xunit;

namespace CircuitPipeline.TorchTests.TensorsRoom;

/// <summary><c>LIBTORCH_USE_PYTORCH=1</c>: the libtorch that Python has.</summary>
public sealed class LibTorchOfPyTorch
{
    [Fact]
    public void Is_where_Python_says()
    {
        List<string> asked = [];

        string folder = PyTorchFolder.Find(
            (program, _) =>
            {
                asked.Add(program);
                return program == "python" ? (0, "/site-packages/torch\n") : null;
            }
        );

        Assert.Equal("/site-packages/torch", folder);
        Assert.Equal(["python3", "python"], asked);
    }

    [Fact]
    public void Is_told_to_be_missing_where_there_is_no_Python() =>
        Assert.Equal(
            "LIBTORCH_USE_PYTORCH is 1, but there is no 'python3' and no 'python' in PATH; "
                + "put a Python with PyTorch there, or name the folder of a libtorch in LIBTORCH.",
            Refusal((_, _) => null)
        );

    [Fact]
    public void Is_told_to_be_missing_where_Python_has_no_torch() =>
        Assert.StartsWith(
            "LIBTORCH_USE_PYTORCH is 1, but 'python3' has no package 'torch'; ",
            Refusal((_, _) => (0, "\n"))
        );

    [Fact]
    public void Is_told_to_be_missing_where_Python_fails() =>
        Assert.StartsWith(
            "LIBTORCH_USE_PYTORCH is 1, but 'python3' ended with 3 when it was asked for its package 'torch'; ",
            Refusal((_, _) => (3, ""))
        );

    /// <summary>Whatever Python this machine has, the question itself must be one that it understands.</summary>
    [Fact]
    public void Is_asked_for_in_words_that_a_real_Python_understands()
    {
        try
        {
            Assert.True(Directory.Exists(PyTorchFolder.Find()));
        }
        catch (LibTorchNotLoadedException missing)
        {
            Assert.Matches("has no package 'torch'|there is no 'python3'", missing.Message);
        }
    }

    [Theory]
    [InlineData(null, "1", "/pytorch", "LIBTORCH_USE_PYTORCH")]
    [InlineData("/own", "1", "/own", "LIBTORCH")]
    [InlineData(null, "0", null, "LIBTORCH")]
    [InlineData(null, "", null, "LIBTORCH")]
    public void A_named_folder_comes_before_it(string? folder, string usePyTorch, string? used, string variable)
    {
        NativeFolders folders = NativeFolders.Of(
            "/program",
            name =>
                name == "LIBTORCH" ? folder
                : name == PyTorchFolder.Variable ? usePyTorch
                : null,
            "/home/me",
            () => "/pytorch"
        );

        Assert.Equal((used, variable), (folders.LibTorch, folders.Variable));
    }

    [Fact]
    public void A_named_folder_that_depends_on_where_a_program_starts_is_refused() =>
        Assert.Equal(
            "LIBTORCH is 'torch/lib', but must be a whole path, since it would mean another folder wherever a program is started; "
                + $"write '{Path.GetFullPath("torch/lib")}' or unset it.",
            Assert
                .Throws<LibTorchNotLoadedException>(() =>
                    NativeFolders.Of("/program", name => name == "LIBTORCH" ? "torch/lib" : null, "/home/me")
                )
                .Message
        );

    [Theory]
    [InlineData("LIBTORCH", "/own", true)]
    [InlineData("LIBTORCH", "", false)]
    [InlineData(PyTorchFolder.Variable, "1", true)]
    [InlineData(PyTorchFolder.Variable, "0", false)]
    public void Is_a_users_own_by_these_variables(string variable, string value, bool isNamed) =>
        Assert.Equal(isNamed, NativeFolders.IsNamed(name => name == variable ? value : null));

    [Fact]
    public void Another_value_is_told() =>
        Assert.Equal(
            "LIBTORCH_USE_PYTORCH is 'yes', but must be 1 to use PyTorch's libtorch, or 0; correct or unset it.",
            Assert.Throws<LibTorchNotLoadedException>(() => PyTorchFolder.IsWanted(_ => "yes")).Message
        );

    private static string Refusal(Func<string, string[], (int, string)?> run) =>
        Assert.Throws<LibTorchNotLoadedException>(() => PyTorchFolder.Find(run)).Message;
}
