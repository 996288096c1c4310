using Xunit;

namespace CircuitPipeline.Tests.BuildHost.Bridge;

/// <summary>supply.props, written by the bridge and edited by hand.</summary>
public sealed class RememberedSupply : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("supply-").FullName;

    private string FilePath => Path.Combine(_folder, "supply.props");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_was_written_is_read_and_nothing_else_is_left()
    {
        SupplyFile file = new(FilePath);
        file.Write(new Supply("nuget", "stand-in"));

        Assert.Equal(new Supply("nuget", "stand-in"), file.Read());
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void The_libtorch_that_was_chosen_is_remembered_too()
    {
        SupplyFile file = new(FilePath);
        file.Write(new Supply("nuget", "stand-in") { Torch = "cuda" });

        Assert.Equal("cuda", file.Read()!.Torch);
        Assert.Contains("<TorchSupply>cuda</TorchSupply>", File.ReadAllText(FilePath));
    }

    [Fact]
    public void A_file_of_an_older_checkout_is_read_without_what_it_says_of_the_engine()
    {
        File.WriteAllText(
            FilePath,
            """
            <Project>
              <PropertyGroup>
                <TorchSharpSupply>system</TorchSharpSupply>
                <CakeFrostingSupply>stand-in</CakeFrostingSupply>
                <VerifySupply>nuget</VerifySupply>
              </PropertyGroup>
            </Project>
            """
        );

        Assert.Equal(new Supply("stand-in", "nuget"), new SupplyFile(FilePath).Read());
    }

    [Fact]
    public void A_still_older_one_says_what_it_does_not_know()
    {
        File.WriteAllText(
            FilePath,
            """
            <Project>
              <PropertyGroup>
                <TorchSharpSupply>system</TorchSharpSupply>
                <CakeFrostingSupply>stand-in</CakeFrostingSupply>
              </PropertyGroup>
            </Project>
            """
        );

        Supply? remembered = new SupplyFile(FilePath).Read();

        Assert.Equal(new Supply("stand-in", ""), remembered);
        Assert.False(remembered!.IsComplete);
    }

    [Fact]
    public void No_file_means_nothing_is_remembered() => Assert.Null(new SupplyFile(FilePath).Read());

    [Theory]
    [InlineData(
        "<Project><PropertyGroup><CakeFrostingSupply>feed</CakeFrostingSupply></PropertyGroup></Project>",
        "says CakeFrostingSupply is 'feed', but it must be one of 'stand-in', 'nuget'; correct it or delete the file."
    )]
    [InlineData(
        "<Project><PropertyGroup><CakeFrostingSupply>nuget</CakeFrostingSupply><TorchSupply>gpu</TorchSupply></PropertyGroup></Project>",
        "says TorchSupply is 'gpu', but it must be one of 'cpu', 'cuda'; correct it or delete the file."
    )]
    [InlineData("<Project><", "is not XML (")]
    public void A_file_that_makes_no_sense_is_wrong_input(string text, string message)
    {
        File.WriteAllText(FilePath, text);

        BridgeException error = Assert.Throws<BridgeException>(() => new SupplyFile(FilePath).Read());

        Assert.Equal(2, error.ExitCode);
        Assert.StartsWith($"'{FilePath}' {message}", error.Message);
    }
}
