using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace CircuitPipeline.TorchTests.Training.Adapters;

/// <summary>
/// The Python of an environment variable, or <c>python3</c>, where it has peft, transformers and torch: one process, since these take longer to
/// load than a model to answer. It ends with this one.
/// </summary>
internal static class PythonWithPeft
{
    private const string Variable = "CIRCUITPIPELINE_PYTHON";
    private const string Ready = "ready";

    // PEFT warns of what is missing or has no place; here it fails. A line is a question, and a line its answer.
    private const string Script = """
        import json, sys, traceback, warnings
        import torch, transformers, peft
        answers, sys.stdout = sys.stdout, sys.stderr
        torch.set_num_threads(1)

        def logits(base, adapter, prompts):
            model = transformers.AutoModelForCausalLM.from_pretrained(base, dtype=torch.float64, attn_implementation="eager")
            with warnings.catch_warnings():
                warnings.filterwarnings("error", message=".*(missing|unexpected).*adapter keys.*")
                model = peft.PeftModel.from_pretrained(model, adapter, autocast_adapter_dtype=False)
            model = model.to(torch.float64).eval()
            with torch.no_grad():
                return [model(torch.tensor([p])).logits[0].flatten().tolist() for p in prompts]

        print(f"ready: peft {peft.__version__}, transformers {transformers.__version__}, torch {torch.__version__}", file=answers, flush=True)
        for line in sys.stdin:
            try:
                answer = {"logits": logits(**json.loads(line))}
            except Exception:
                answer = {"problem": traceback.format_exc()}
            print(json.dumps(answer), file=answers, flush=True)
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly Lock Turn = new();
    private static readonly Lazy<(Process? Process, string Said)> Started = new(Start);

    /// <summary>Why there is none; null where there is one.</summary>
    internal static string? Lack =>
        Started.Value.Process is null
            ? $"No Python has 'peft', 'transformers' and 'torch' here; name one that does in {Variable}."
            : null;

    /// <summary>Which versions it has.</summary>
    internal static string Versions => Started.Value.Said;

    private static string Program =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } program ? program : "python3";

    /// <summary>What transformers and PEFT compute in float64: the logits of each prompt, position by position.</summary>
    /// <param name="folder">The base model's.</param>
    /// <param name="adapter">The adapter's folder.</param>
    /// <param name="prompts">Token ids.</param>
    internal static double[][] Logits(string folder, string adapter, long[][] prompts)
    {
        lock (Turn)
        {
            Process process = Started.Value.Process!;
            process.StandardInput.WriteLine(
                JsonSerializer.Serialize(
                    new
                    {
                        @base = folder,
                        adapter,
                        prompts,
                    }
                )
            );
            process.StandardInput.Flush();
            using JsonDocument answer = JsonDocument.Parse(Line(process) ?? throw new TimeoutException(Program));
            return answer.RootElement.TryGetProperty("problem", out JsonElement problem)
                ? throw new InvalidOperationException(problem.GetString())
                : answer.RootElement.GetProperty("logits").Deserialize<double[][]>()!;
        }
    }

    private static (Process? Process, string Said) Start()
    {
        ProcessStartInfo start = new(Program, ["-c", Script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HF_HUB_OFFLINE"] = "1";
        try
        {
            Process process = Process.Start(start)!;
            process.ErrorDataReceived += (_, _) => { }; // or its pipe fills up
            process.BeginErrorReadLine();
            string? said = Line(process);
            return said?.StartsWith(Ready, StringComparison.Ordinal) == true ? (process, said) : (null, said ?? "");
        }
        catch (Win32Exception cause)
        {
            return (null, cause.Message);
        }
    }

    private static string? Line(Process process)
    {
        Task<string?> line = process.StandardOutput.ReadLineAsync();
        return line.Wait(Patience) ? line.Result : null;
    }
}
