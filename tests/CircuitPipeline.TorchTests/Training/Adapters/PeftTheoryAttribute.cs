using Xunit;

namespace CircuitPipeline.TorchTests.Training.Adapters;

/// <summary>A test that runs Hugging Face's PEFT itself; shown as skipped, with how to have it, where no Python has it.</summary>
public sealed class PeftTheoryAttribute : TheoryAttribute
{
    public PeftTheoryAttribute() => Skip = PythonWithPeft.Lack;
}
