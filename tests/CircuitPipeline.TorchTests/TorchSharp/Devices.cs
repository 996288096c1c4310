using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Engine;

public sealed class Devices
{
    [Fact]
    public void Are_read_and_written_as_text()
    {
        Assert.Equal("cpu", new Device("cpu").ToString());
        Assert.Equal("cuda:1", new Device("cuda:1").ToString());
        Assert.Equal((DeviceType.CUDA, 1), (new Device("cuda:1").type, new Device(DeviceType.CUDA, 1).index));
        Assert.Equal("cpu", device("cpu").ToString());
        Assert.ThrowsAny<Exception>(() => new Device("toaster"));
    }

    [Fact]
    public void Hold_tensors()
    {
        Tensor x = ones(2, device: CPU);

        Assert.Equal(DeviceType.CPU, x.device_type);
        Assert.Equal("cpu", x.device.ToString());
        Assert.False(x.is_cuda);
        Elements.MustBe(x.to("cpu").to(DeviceType.CPU).cpu().to(CPU, copy: true), 1, 1);
        Elements.MustBe(x.to(float64, CPU), 1, 1);
    }

    [Fact]
    public void Say_whether_there_is_a_gpu()
    {
        Assert.Equal(cuda.is_available(), cuda_is_available());
        Assert.Equal(cuda.is_available(), cuda.device_count() > 0);
    }

    [Fact]
    public void Give_an_error_where_they_are_missing()
    {
        if (cuda.is_available())
        {
            Elements.MustBe(ones(2).cuda() + 1, 2, 2);
            cuda.synchronize();
            return;
        }

        Assert.ThrowsAny<Exception>(() => ones(2).to(CUDA));
    }

    [Fact]
    public void Have_an_engine_with_a_version() => Assert.Matches(@"^\d+\.\d+", __version__);
}
