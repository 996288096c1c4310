namespace CircuitPipeline.Prompts;

/// <summary>A value of a spec record that is out of range.</summary>
/// <param name="Key">The YAML key, with dots between levels, relative to the record.</param>
/// <param name="Message">The rest of the sentence after the key: found and allowed.</param>
public readonly record struct SpecProblem(string Key, string Message);
