using Xunit;

namespace CircuitPipeline.Tests.Studies;

/// <summary>What the engine has to say, such as on a libtorch of another version, stands in the study's log.</summary>
public sealed class WarningsOfTheEngine : IDisposable
{
    private readonly FakeStudy _study = new();

    public void Dispose() => _study.Dispose();

    [Fact]
    public void Are_printed_once_however_many_stages_use_it()
    {
        _study.Engine = new FakeEngine("engine 1") { Warning = "It is another one." };

        string run = _study.Run("GenerateData", "Pretrain");

        Assert.Equal(2, run.Split("Warning: It is another one.\n").Length);
    }

    [Fact]
    public void Are_not_there_where_it_has_nothing_to_say() =>
        Assert.DoesNotContain("Warning", _study.Run("GenerateData", "Pretrain"));
}
