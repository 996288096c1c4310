using System.Text;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Models;

/// <summary>What is in a folder is named, and not what follows from it.</summary>
public sealed class FoldersWithoutAReadableModel : IDisposable
{
    private const string Pointer =
        "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n";
    private readonly TemporaryFolder _folder = new();

    public FoldersWithoutAReadableModel()
    {
        using Transformer model = TinyModel.Create();
        Checkpoint.Save(model, _folder.File(Checkpoint.WeightsFile), _folder.File(Checkpoint.ConfigFile));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(Checkpoint.WeightsFile)]
    [InlineData(Checkpoint.ConfigFile)]
    public void Say_of_a_Git_LFS_pointer_that_it_is_one(string file)
    {
        File.WriteAllText(_folder.File(file), Pointer);

        Assert.Equal(
            $"{_folder.File(file)}: this is a Git LFS pointer and not the file itself; run 'git lfs pull' in its repository, or download the file.",
            LoadError()
        );
    }

    [Fact]
    public void Say_of_an_index_that_it_is_a_Git_LFS_pointer()
    {
        File.Delete(_folder.File(Checkpoint.WeightsFile));
        File.WriteAllText(_folder.File("model.safetensors.index.json"), Pointer);

        Assert.Contains("model.safetensors.index.json: this is a Git LFS pointer", LoadError());
    }

    [Fact]
    public void Do_not_take_another_damaged_file_for_a_Git_LFS_pointer()
    {
        File.WriteAllBytes(_folder.File(Checkpoint.WeightsFile), Encoding.UTF8.GetBytes("version 2 of the weights"));

        Assert.Contains("the header claims", LoadError());
    }

    [Theory]
    [InlineData("pytorch_model.bin")]
    [InlineData("pytorch_model.bin.index.json")]
    public void Say_of_pickled_weights_that_they_are_to_be_converted(string file)
    {
        File.Delete(_folder.File(Checkpoint.WeightsFile));
        File.WriteAllText(_folder.File(file), "");

        Assert.StartsWith(
            $"{_folder.Path}: the weights are in '{file}', but only safetensors files are read; convert them",
            LoadError()
        );
    }

    [Fact]
    public void Are_read_with_pickled_weights_beside_those_that_are_read()
    {
        File.WriteAllText(_folder.File("pytorch_model.bin"), "");

        Checkpoint.Load(_folder.Path, float64, CPU).Dispose();
    }

    [Theory]
    [InlineData("adapter_config.json")]
    [InlineData("adapter_model.safetensors")]
    [InlineData("adapter_model.bin")]
    public void Say_of_an_adapter_that_its_base_model_is_not_there(string file)
    {
        File.Delete(_folder.File(Checkpoint.WeightsFile));
        File.Delete(_folder.File(Checkpoint.ConfigFile));
        File.WriteAllText(_folder.File(file), "{}");

        Assert.StartsWith(
            $"{_folder.Path}: '{file}' is of an adapter without its base model; name the base model's folder, and this one as its adapter.",
            LoadError()
        );
    }

    [Theory]
    [InlineData("adapter_config.json")]
    [InlineData("adapter_model.safetensors")]
    [InlineData("adapter_model.bin")]
    public void Do_not_leave_out_an_adapter_beside_the_model_without_a_word(string file)
    {
        File.WriteAllText(_folder.File(file), "{}");

        Assert.StartsWith(
            $"{_folder.Path}: '{file}' lies beside the model, and only one of the two can be meant; move the adapter's files to a folder of their own",
            LoadError()
        );
    }

    private string LoadError() =>
        Assert.Throws<InvalidDataException>(() => Checkpoint.Load(_folder.Path, float64, CPU)).Message;
}
