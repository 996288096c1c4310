namespace CircuitPipeline.Prompts.PromptPairs;

/// <summary>A prompt and its corrupted twin: as many tokens, differing in what decides the answer.</summary>
/// <param name="Clean">The prompt, up to where the answer belongs.</param>
/// <param name="Corrupted">The twin.</param>
/// <param name="Answer">The clean prompt's right answer.</param>
/// <param name="CorruptedAnswer">The twin's right answer.</param>
public sealed record PromptPair(string Clean, string Corrupted, string Answer, string CorruptedAnswer);
