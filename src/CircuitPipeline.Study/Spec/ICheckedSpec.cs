using CircuitPipeline.Prompts;

namespace CircuitPipeline.Study.Spec;

/// <summary>A part of a spec whose values must go together.</summary>
internal interface ICheckedSpec
{
    /// <summary>What does not go together, each at the key to change; empty when all is well.</summary>
    IEnumerable<SpecProblem> Problems();
}
