using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Tasks;
using CircuitPipeline.Text.Tables;
using CircuitPipeline.Text.Tasks;
using CircuitPipeline.Text.Tokenizers;

// The tokenizer of a model's folder, or the words of a small model that there could be.
NextLetter task = new();
Vocabulary words = Vocabulary.ForTasks(100, [task]);
ITokenizer tokenizer = args is [var model]
    ? TokenizerFolder.Find(model) ?? throw new InvalidDataException($"{model}: no tokenizer is there.")
    : new WordLevelTokenizer(words);
TaskSource source = tokenizer is WordLevelTokenizer ? TaskSource.OfWords(task, words) : TaskSource.OfTexts(task);

// To find circuits with, and to measure on: no letter is in both.
DrawnTexts drawn = TaskTexts.Draw(source, tokenizer, AnswerForm.Spaced, [10, 10], new SeededRandom(1));
File.WriteAllBytes("circuit.jsonl", PairsWriter.Write(drawn.Sets[0]));
File.WriteAllBytes("test.jsonl", PairsWriter.Write(drawn.Sets[1]));
Console.WriteLine($"{drawn.Rows.Usable.Length} pairs of {drawn.Draws} draws, {drawn.Rows.Unusable.Length} left out");
foreach (UnusableRows reason in drawn.Rows.Reasons)
{
    Console.WriteLine($"  {reason.Count}: {reason.First}");
}
