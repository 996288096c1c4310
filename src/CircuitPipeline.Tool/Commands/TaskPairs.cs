using System.Globalization;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Prompts;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Prompts.Tasks;
using CircuitPipeline.Text.Tables;
using CircuitPipeline.Text.Tasks;
using CircuitPipeline.Text.Tokenizers;

namespace CircuitPipeline.Tool.Commands;

/// <summary>Pairs of a prompt task, drawn for a model: in the words of a study's own, in the text of the task's source for any other.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Model">The model's folder.</param>
/// <param name="Form">How answers go on after prompts.</param>
/// <param name="Bos">Whether a BOS token stands before prompts.</param>
/// <param name="Limit">The largest number; null for the task's own.</param>
internal sealed record TaskPairs(string Task, string Model, AnswerForm Form, BosPolicy Bos, int? Limit)
{
    /// <summary>Draws pairs with different clean prompts.</summary>
    /// <exception cref="InvalidDataException">The folder has no tokenizer, or the task gives too few rows for it.</exception>
    internal (PairsOfModel Read, DrawnTexts Drawn) Draw(int count, int seed)
    {
        if (!Directory.Exists(Model))
        {
            throw new InvalidDataException(
                $"'{MessageText.OneLine(Model)}': there is no such folder, but the tokenizer of a model is expected in it; name the model's folder."
            );
        }

        ITokenizer tokenizer =
            TokenizerFolder.Find(Model, Bos)
            ?? throw new InvalidDataException(
                $"'{MessageText.OneLine(Model)}': the folder has no tokenizer, but one makes token ids of a task's texts; put the model's '{TokenizerFolder.TokenizerJsonName}' there."
            );
        using IDisposable? engine = tokenizer as IDisposable;
        DrawnTexts drawn = TaskTexts.Draw(Source(tokenizer), tokenizer, Form, [count], new SeededRandom(seed));
        return (new PairsOfModel(drawn.Rows, tokenizer.Source, tokenizer.Prefix), drawn);
    }

    /// <summary>What was drawn and left out, in lines.</summary>
    internal static IEnumerable<string> Lines(DrawnTexts drawn)
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"Of {drawn.Draws:N0} draws {drawn.Repeated:N0} had a prompt that was drawn before, and {drawn.Rows.Unusable.Length:N0} were left out{(drawn.Rows.Unusable.IsEmpty ? "." : ":")}"
        );
        foreach (UnusableRows reason in drawn.Rows.Reasons)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"  {reason.Count:N0}: {reason.First}");
        }
    }

    private TaskSource Source(ITokenizer tokenizer)
    {
        IPromptTask task = PromptTasks.Named(Task);
        if (tokenizer is WordLevelTokenizer)
        {
            return Limit is null
                ? TaskSource.OfWords(task, VocabularyFile.Read(Path.Combine(Model, VocabularyFile.Name)))
                : throw new InvalidExperimentException(
                    "'--limit' cannot be used here, because the words of the model's vocabulary say which numbers there are."
                );
        }

        return Limit is null || task.DefaultLimit is not null
            ? TaskSource.OfTexts(task, Limit)
            : throw new InvalidExperimentException(
                $"'--limit' cannot be used here, because the task '{Task}' has no numbers to choose."
            );
    }
}
