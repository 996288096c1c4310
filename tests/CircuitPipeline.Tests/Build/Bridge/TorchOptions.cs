using Xunit;

namespace CircuitPipeline.Tests.BuildHost.Bridge;

/// <summary>What <c>--torch</c> changes, and what it refuses.</summary>
public sealed class TorchOptions
{
    private static readonly Supply Remembered = new("nuget", "stand-in");
    private static readonly FeedAnswer Lacking = FeedAnswer.Of(
        TorchOption.CudaPackage,
        "1.2.3",
        1,
        $"/x/probe-{TorchOption.CudaPackage}.csproj : error NU1101: Unable to find package"
    );

    private readonly List<string> _asked = [];

    [Theory]
    [InlineData(null, "--target=Report")]
    [InlineData("cuda", "--torch=cuda")]
    [InlineData("cpu", "--torch", "cpu", "--tree")]
    [InlineData("cpu", "--torch=cuda", "--torch=cpu")]
    public void Its_value_is_read_in_both_spellings_and_the_last_counts(string? value, params string[] arguments) =>
        Assert.Equal(value, TorchOption.In(arguments));

    [Theory]
    [InlineData("--torch=gpu", "is 'gpu', but must be one of 'cpu', 'cuda'.")]
    [InlineData("--torch", "has no value; give it one of 'cpu', 'cuda', as in '--torch=cpu'.")]
    [InlineData("--torch=", "has no value; give it one of 'cpu', 'cuda', as in '--torch=cpu'.")]
    public void Another_value_is_wrong_input(string argument, string sentence)
    {
        BridgeException error = Assert.Throws<BridgeException>(() => TorchOption.In([argument]));

        Assert.Equal((2, $"The option '--torch' {sentence}"), (error.ExitCode, error.Message));
    }

    [Fact]
    public void The_feed_is_asked_for_cuda_and_what_it_has_is_used()
    {
        Assert.Equal(Remembered with { Torch = "cuda" }, Apply("cuda", FeedAnswer.Has()));
        Assert.Equal(["TorchSharp-cuda-linux"], _asked);
    }

    [Fact]
    public void A_feed_without_it_is_told_in_one_sentence()
    {
        BridgeException error = Assert.Throws<BridgeException>(() => Apply("cuda", Lacking));

        Assert.Equal(2, error.ExitCode);
        Assert.Equal(
            "'--torch=cuda' needs TorchSharp-cuda-linux, but the feed cannot supply TorchSharp-cuda-linux 1.2.3 (NU1101); "
                + "name a libtorch with CUDA in LIBTORCH, or PyTorch's by LIBTORCH_USE_PYTORCH=1.",
            error.Message
        );
    }

    [Fact]
    public void A_feed_that_cannot_be_reached_is_told_as_that()
    {
        BridgeException error = Assert.Throws<BridgeException>(() => Apply("cuda", FeedAnswer.Unreachable("NU1301")));

        Assert.Equal(1, error.ExitCode);
        Assert.Equal(
            "'--torch=cuda' needs TorchSharp-cuda-linux, but the package feed cannot be reached (NU1301); it is asked again next time.",
            error.Message
        );
    }

    [Theory]
    [InlineData("cuda", "cpu")]
    [InlineData("cuda", "cuda")]
    [InlineData("cpu", "cpu")]
    public void Nobody_asks_for_what_is_remembered_or_comes_with_the_rest(string remembered, string value)
    {
        Supply supply = TorchOption.Apply(
            Remembered with
            {
                Torch = remembered,
            },
            value,
            null,
            "linux-x64",
            Feed(Lacking)
        );

        Assert.Equal((value, "nuget"), (supply.Torch, supply.CakeFrosting));
        Assert.Empty(_asked);
    }

    [Theory]
    [InlineData("cpu")]
    [InlineData("cuda")]
    public void A_libtorch_that_the_user_names_leaves_no_package_to_choose(string value)
    {
        BridgeException error = Assert.Throws<BridgeException>(() =>
            TorchOption.Apply(Remembered, value, "LIBTORCH", "linux-x64", Feed(FeedAnswer.Has()))
        );

        Assert.Equal(2, error.ExitCode);
        Assert.StartsWith($"'--torch={value}' chooses a package, but LIBTORCH is set, ", error.Message);
    }

    [Fact]
    public void Another_platform_is_refused_before_anyone_is_asked()
    {
        BridgeException error = Assert.Throws<BridgeException>(() =>
            TorchOption.Apply(Remembered, "cuda", null, "osx-arm64", Feed(FeedAnswer.Has()))
        );

        Assert.Contains("is for 'linux-x64', but this is 'osx-arm64'", error.Message);
        Assert.Empty(_asked);
    }

    [Theory]
    [InlineData("", "", null)]
    [InlineData("/opt/libtorch", "1", "LIBTORCH")]
    [InlineData("", "1", "LIBTORCH_USE_PYTORCH")]
    [InlineData("", "0", null)]
    public void Variables_of_the_user_are_known(string folder, string usePyTorch, string? variable) =>
        Assert.Equal(variable, TorchOption.OwnLibTorch(name => name == "LIBTORCH" ? folder : usePyTorch));

    private Supply Apply(string value, FeedAnswer answer) =>
        TorchOption.Apply(Remembered, value, null, "linux-x64", Feed(answer));

    private Func<string, FeedAnswer> Feed(FeedAnswer answer) =>
        package =>
        {
            _asked.Add(package);
            return answer;
        };
}
