namespace CircuitPipeline.Prompts.Tasks;

/// <summary>One kind of line in the pretraining corpus.</summary>
public interface ICorpusLine
{
    /// <summary>The kind's name, as its weight is called in the YAML file.</summary>
    string Name { get; }

    /// <summary>Draws one line.</summary>
    /// <param name="random">The source of chance.</param>
    /// <returns>Words of the vocabulary with one blank between them, without an end.</returns>
    string Draw(SeededRandom random);
}
