using CircuitPipeline.BuildHost;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Pipeline.Running;
using Xunit;

namespace CircuitPipeline.Tests.BuildHost;

/// <summary>Frosting ends every failure with 255; ours says what kind it was.</summary>
public sealed class ExitCodes : IDisposable
{
    private readonly Interruption _none = new();

    public static TheoryData<int, Exception?, int> Kinds =>
        new()
        {
            { 0, null, 0 },
            { 255, new StageFailedException("Stage 'Pretrain' failed."), 1 },
            { 255, null, 1 },
            { 255, new InvalidExperimentException("wrong"), 2 },
            { 255, new AggregateException(new InvalidExperimentException("wrong")), 2 },
            { 255, new InvalidOperationException("outer", new WrongInputException("wrong")), 2 },
        };

    public void Dispose() => _none.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Wrong_input_is_2_and_any_other_failure_1(int frosting, Exception? failure, int expected) =>
        Assert.Equal(expected, ExitCode.Of(frosting, failure, _none));
}
