using CircuitPipeline.Prompts.PromptPairs;
using CircuitPipeline.Testing;
using CircuitPipeline.Text.Tables;
using CircuitPipeline.Text.Tokenizers;
using Xunit;

namespace CircuitPipeline.Tests.Prompts.Tables;

/// <summary>EAP-IG's task files and the paper's, as they are, with Pythia's tokenizer; counts of design notes, computed apart.</summary>
public sealed class FilesOfTheField : IDisposable
{
    private const string Tasks = "eap-ig-tasks";
    private const string Paper = "finetune-circuits";

    private readonly ITokenizer? _tokenizer = ReferenceFolder.Exists
        ? TokenizerFolder.Find(ReferenceFolder.File("pythia-tokenizer"))
        : null;

    public void Dispose() => (_tokenizer as IDisposable)?.Dispose();

    [ReferenceTheory]
    [InlineData(Tasks, "fact-retrieval-comma.csv", 189, 189, 189)]
    [InlineData(Tasks, "gender-bias.csv", 782, 782, 782)]
    [InlineData(Tasks, "greater-than.csv", 1000, 1000, 1000)]
    [InlineData(Tasks, "greater-than-sequence-gpt2.csv", 825, 825, 825)]
    [InlineData(Tasks, "hypernymy-comma.csv", 198, 198, 198)]
    [InlineData(Tasks, "ioi.csv", 1000, 1000, 1000)]
    [InlineData(Paper, "Add_Sub_100_circuit.csv", 500, 500, 500)]
    [InlineData(Paper, "Add_Sub_100_ft.csv", 4500, 4500, 4500)]
    [InlineData(Paper, "Logical_Operations_Mul_Div.csv", 2000, 1798, 1798)]
    [InlineData(Paper, "function_data.csv", 5000, 4993, 4993)]
    [InlineData(Paper, "lcm_reasoning_data.csv", 2500, 2125, 2125)]
    [InlineData(Paper, "sequence_reasoning_data.csv", 5000, 4383, 4481)]
    [InlineData(Paper, "steps_arithmetic_circuit.csv", 1000, 895, 895)]
    [InlineData(Paper, "steps_arithmetic_ft.csv", 4000, 3603, 3603)]
    public void Give_the_pairs_that_were_counted_apart(string folder, string file, int rows, int usable, int reachable)
    {
        ImportedPairs pairs = PairsReader.Read(ReferenceFolder.File(folder, file), _tokenizer);

        Assert.Equal((rows, usable), (pairs.Rows, pairs.Usable.Length));
        Assert.Equal((double)reachable / rows, pairs.Ceiling);
    }

    [ReferenceFact]
    public void Sequences_of_unequal_length_and_answers_of_two_tokens_are_two_reasons()
    {
        ImportedPairs pairs = PairsReader.Read(ReferenceFolder.File(Paper, "sequence_reasoning_data.csv"), _tokenizer);

        Assert.Equal([352, 265], pairs.Reasons.Select(reason => reason.Count));
        Assert.Contains("has 2 tokens", pairs.Reasons[0].First);
        Assert.Contains("the corrupted one", pairs.Reasons[1].First);
    }

    [ReferenceFact]
    public void Agreement_takes_its_verbs_from_a_file_of_sets()
    {
        string sets = Path.GetTempFileName();
        try
        {
            File.WriteAllText(sets, """{"0": ["is", "was", "has"], "1": ["are", "were", "have"]}""");
            ImportedPairs pairs = PairsReader.Read(
                ReferenceFolder.File(Tasks, "sva.csv"),
                _tokenizer,
                new PairsOptions { AnswerSets = AnswerSetsFile.Read(sets), Needs = NeededAnswers.Both }
            );

            Assert.Equal((1200, 1200), (pairs.Rows, pairs.Usable.Length));
            Assert.Empty(pairs.AnswersLeftOut);
            // The first row is of many: are, were, have.
            Assert.Equal(_tokenizer!.EncodeContinuation(" are were have").AsEnumerable(), pairs.Usable[0].Pair.Answers);
        }
        finally
        {
            File.Delete(sets);
        }
    }

    [ReferenceFact]
    public void Ids_of_another_tokenizer_are_refused_by_the_texts_beside_them()
    {
        string text = File.ReadAllText(ReferenceFolder.File(Tasks, "fact-retrieval-comma.csv"));
        string copy = Path.GetTempFileName();
        try
        {
            File.WriteAllText(copy, text.Replace("Afghanistan,16111", "Afghanistan,13795"));

            string message = Assert.Throws<InvalidDataException>(() => PairsReader.Read(copy, _tokenizer)).Message;

            Assert.Contains("so the ids are of another one", message);
            Assert.Contains("(2):", message);
        }
        finally
        {
            File.Delete(copy);
        }
    }

    [ReferenceFact]
    public void The_first_add_sub_prompt_has_its_golden_ids()
    {
        ImportedPairs pairs = PairsReader.Read(ReferenceFolder.File(Paper, "Add_Sub_100_circuit.csv"), _tokenizer);

        Assert.Equal(
            "5850 253 906 273 253 1563 27844 2048 285 2085 760 253 2457 3662 27 8187 428 7904 426",
            string.Join(' ', pairs.Usable[0].Pair.Clean)
        );
        Assert.Equal([3436], pairs.Usable[0].Pair.Answers.ToArray());
    }
}
