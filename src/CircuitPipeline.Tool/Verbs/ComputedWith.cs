using CircuitPipeline.Study.Verbs;

namespace CircuitPipeline.Tool;

/// <summary>What an answer was computed with: all that changes its last bits, as a scores file has it.</summary>
internal sealed record ComputedWith(string Dtype, string Device, int Threads, string Numerics)
{
    internal static ComputedWith Of(MeasureRequest request) =>
        new(request.Dtype, request.Device, request.Threads, request.NumericsWord);
}
