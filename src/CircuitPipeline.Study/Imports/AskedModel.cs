using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Prompts;
using CircuitPipeline.Study.Artifacts;
using CircuitPipeline.Study.Spec;
using CircuitPipeline.Text.Tokenizers;

namespace CircuitPipeline.Study.Imports;

/// <summary>What pairs must fit: the study's model, before it is trained or read.</summary>
/// <param name="DVocab">How many tokens it knows.</param>
/// <param name="NCtx">The longest prompt, in tokens.</param>
/// <param name="TokensFrom">Where the tokens are from, for messages.</param>
/// <param name="LengthFrom">Where the longest prompt is from, likewise.</param>
/// <param name="LengthAdvice">What to do with a longer one.</param>
/// <param name="Folder">The folder with its tokenizer; null for the words of a model that is trained here.</param>
internal sealed record AskedModel(
    int DVocab,
    int NCtx,
    string TokensFrom,
    string LengthFrom,
    string LengthAdvice,
    string? Folder
)
{
    private Vocabulary? Words { get; init; }

    /// <summary>The model of a study.</summary>
    internal static AskedModel Of(ExperimentSpec spec, ImportedModel? imported)
    {
        if (imported is not null)
        {
            TransformerConfig shape = imported.Shape;
            bool isBehindEnd = spec.OpenTraps.Bos is not null;
            return new AskedModel(
                shape.DVocab,
                shape.NCtx - (isBehindEnd ? 1 : 0),
                "'model.checkpoint'",
                $"the longest that 'model.checkpoint' reads{(isBehindEnd ? " behind an end of text" : "")}",
                "leave the row out",
                imported.Folder
            );
        }

        FromScratchSpec own = spec.FromScratch!;
        Vocabulary words = own.Data.ToVocabulary();
        return new AskedModel(
            words.Count,
            own.Model.NCtx,
            "the vocabulary of 'data'",
            "'model.n_ctx'",
            "raise it, or leave the row out",
            null
        )
        {
            Words = words,
        };
    }

    /// <summary>What makes token ids of texts, to be disposed where it can be; null where the checkpoint has none.</summary>
    /// <exception cref="UnusableSetException">A BOS token is asked for that words do not have.</exception>
    /// <exception cref="InvalidDataException">The checkpoint's cannot be read.</exception>
    internal ITokenizer? Tokenizer(BosPolicy bos)
    {
        if (Words is null)
        {
            return TokenizerFolder.Find(Folder!, bos);
        }

        return bos != BosPolicy.Always
            ? new WordLevelTokenizer(Words)
            : throw new UnusableSetException(
                "bos",
                "is 'always', but the study's own model has a word-level vocabulary without a BOS token; leave it out."
            );
    }
}
