using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Tokenizers.DotNet;

namespace CircuitPipeline.Text.Tokenizers;

/// <summary>Hugging Face's engine over the bytes of a <c>tokenizer.json</c>; one call at a time.</summary>
internal sealed class NativeTokenizer : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Tokenizer _engine;

    private NativeTokenizer(Tokenizer engine) => _engine = engine;

    public void Dispose() => _engine.Dispose();

    /// <summary>Loads a tokenizer; the engine reads files only, so it gets a private one that is gone afterwards.</summary>
    /// <param name="json">The bytes of a <c>tokenizer.json</c>.</param>
    /// <param name="source">The file's name for messages.</param>
    /// <exception cref="InvalidDataException">The engine refuses the file, or is not there for this platform.</exception>
    internal static NativeTokenizer Load(ReadOnlySpan<byte> json, string source)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("circuit-pipeline-tokenizer-"); // for its owner alone
        try
        {
            string copy = Path.Combine(folder.FullName, "tokenizer.json");
            File.WriteAllBytes(copy, json);
            return new NativeTokenizer(new Tokenizer(copy));
        }
        catch (TokenizerException refusal)
        {
            throw new InvalidDataException($"{source}: the tokenizer cannot be read ({Reason(refusal)}).", refusal);
        }
        catch (Exception missing) when (IsMissing(missing))
        {
            throw new InvalidDataException(
                $"{source}: the native library that reads it is not there for {RuntimeInformation.RuntimeIdentifier}; give token ids, which 'dotnet circuit pairs' writes on a machine that has it.",
                missing
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    internal ImmutableArray<int> Encode(string text)
    {
        try
        {
            lock (_lock)
            {
                return ImmutableArray.Create(MemoryMarshal.Cast<uint, int>(_engine.Encode(text)));
            }
        }
        catch (TokenizerException refusal)
        {
            throw new InvalidDataException(
                $"the text '{MessageText.OneLine(text)}' cannot be encoded ({Reason(refusal)}).",
                refusal
            );
        }
    }

    internal string Decode(IReadOnlyList<int> ids)
    {
        try
        {
            lock (_lock)
            {
                return _engine.Decode([.. ids.Select(id => (uint)id)]);
            }
        }
        catch (TokenizerException refusal)
        {
            throw new InvalidDataException($"the token ids cannot be decoded ({Reason(refusal)}).", refusal);
        }
    }

    private static bool IsMissing(Exception exception) =>
        exception is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException
        || exception is TypeInitializationException { InnerException: { } inner } && IsMissing(inner);

    private static string Reason(TokenizerException refusal) =>
        MessageText
            .OneLine(refusal.Message.Replace("Failed to load tokenizer: ", "", StringComparison.Ordinal))
            .TrimEnd('.');
}
