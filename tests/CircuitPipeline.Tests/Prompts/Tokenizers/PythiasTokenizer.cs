using System.Text;
using CircuitPipeline.Testing;
using CircuitPipeline.Text.Tokenizers;
using Xunit;

namespace CircuitPipeline.Tests.Prompts.Tokenizers;

public sealed class PythiasTokenizer
{
    private static readonly string[] Pieces =
    [
        .. "the|Mary| |  |   |\n|\n\n|\t|0|7|26|1234|é|ß|中文|日本|🙂|👩‍💻|.|,|=|+|(|'s|I'm|A|z|Ω|\u00a0|русский|_|#|{}".Split(
            '|'
        ),
    ];

    [ReferenceTheory]
    [InlineData("hello  world\n\n 1234 🙂", "25521 50276 10186 535 1249 1706 42908")]
    [InlineData("<|endoftext|>x", "0 89")]
    [InlineData("", "")]
    public void Gives_the_ids_that_the_model_was_trained_with(string text, string ids)
    {
        using HuggingFaceTokenizer tokenizer = Pythias();

        Assert.Equal(ids, string.Join(' ', tokenizer.EncodePrompt(text)));
    }

    [ReferenceTheory]
    [InlineData(" = 26", "426 3436")]
    [InlineData("=26", "30 1731")]
    [InlineData(" Mary", "6393")]
    public void Gives_a_continuation_as_it_stands_behind_a_prompt(string text, string ids)
    {
        using HuggingFaceTokenizer tokenizer = Pythias();

        Assert.Equal(ids, string.Join(' ', tokenizer.EncodeContinuation(text)));
    }

    [ReferenceFact]
    public void Brings_back_two_thousand_varied_texts()
    {
        using HuggingFaceTokenizer tokenizer = Pythias();
        Random random = new(13);
        for (int round = 0; round < 2000; round++)
        {
            StringBuilder text = new();
            for (int piece = random.Next(1, 20); piece > 0; piece--)
            {
                text.Append(Pieces[random.Next(Pieces.Length)]);
            }

            Assert.Equal(text.ToString(), tokenizer.Decode(tokenizer.EncodePrompt(text.ToString())));
        }
    }

    private static HuggingFaceTokenizer Pythias() =>
        Assert.IsType<HuggingFaceTokenizer>(TokenizerFolder.Find(ReferenceFolder.File("pythia-tokenizer")));
}
