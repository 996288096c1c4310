namespace CircuitPipeline.Prompts;

/// <summary>A row of one of the paper's data files.</summary>
/// <param name="Line">The line of the file on which it begins, from 1.</param>
/// <param name="Clean">The prompt, up to where the answer belongs.</param>
/// <param name="Corrupted">Its twin.</param>
/// <param name="Label">The clean prompt's answer.</param>
public sealed record PaperRow(int Line, string Clean, string Corrupted, string Label);
