using System.Globalization;
using CircuitPipeline.Attribution;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Study;
using CircuitPipeline.Study.Engine;
using CircuitPipeline.Tensors.Reproducibility;

namespace CircuitPipeline.BuildHost;

/// <summary>Finds what is wrong with a command line before anything runs; Cake would ignore a misspelt option.</summary>
public static class CommandLineCheck
{
    // Cake takes the words and their first letters.
    private static readonly string[] Verbosities =
    [
        "quiet",
        "minimal",
        "normal",
        "verbose",
        "diagnostic",
        "q",
        "m",
        "n",
        "v",
        "d",
    ];

    /// <summary>One sentence about the first problem, or null.</summary>
    public static string? Problem(string[] args, string[] tasks)
    {
        for (int i = 0; i < args.Length; i++)
        {
            string[] parts = args[i].Split('=', 2);
            if (!args[i].StartsWith('-'))
            {
                return $"Unexpected argument '{args[i]}': a task is named with '--target={args[i]}', and every option begins with '--'.";
            }

            if (BuildOption.Find(parts[0]) is not { } option)
            {
                return $"Unknown option '{parts[0]}'. {AdviceOnOption(parts[0])}";
            }

            string? value = parts.ElementAtOrDefault(1);
            if (option.TakesValue && value is null)
            {
                value = args.ElementAtOrDefault(++i);
            }

            if (ProblemOfValue(option, value?.Trim('"'), tasks) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static string? ProblemOfValue(BuildOption option, string? value, string[] tasks) =>
        option.Name switch
        {
            _ when option.TakesValue && string.IsNullOrEmpty(value) =>
                $"The option '--{option.Name}' needs a value, as in '--{option.Name}=…'.",
            "target" when !tasks.Contains(value, StringComparer.OrdinalIgnoreCase) =>
                $"Unknown target '{value}'. {Advice(value!, tasks, "")}",
            "verbosity" when !Verbosities.Contains(value, StringComparer.OrdinalIgnoreCase) =>
                $"The option '--verbosity' is '{value}'. {Advice(value!, Verbosities, "")}",
            "working" when !Directory.Exists(value) =>
                $"The option '--working' is '{value}', but there is no such folder.",
            "jobs" when !IsWholeNumber(value) => $"The option '--jobs' is '{value}', but must be a whole number.",
            "memory" => ProblemOfMemory(value!),
            "state-seconds" when !IsWholeNumber(value, StudyOptions.MaxStateSeconds) => string.Create(
                CultureInfo.InvariantCulture,
                $"'--state-seconds' is {MessageText.Quoted(value!)}, but a whole number from 0 to {StudyOptions.MaxStateSeconds:N0} is allowed."
            ),
            "device" when !Devices.Names.Contains(value!) =>
                $"The option '--device' is '{value}', but must be {Devices.NamesText}.",
            "numerics" when !EnumNames.All<Numerics>().Contains(value!) =>
                $"The option '--numerics' is '{value}'. {Advice(value!, EnumNames.All<Numerics>(), "")}",
            _ => null,
        };

    private static string AdviceOnOption(string found) =>
        found.StartsWith("--", StringComparison.Ordinal)
            ? Advice(found[2..], BuildOption.All.Select(known => known.Name), "--")
            : $"Allowed: {string.Join(", ", BuildOption.All.Where(known => known.ShortName is not null).Select(known => $"-{known.ShortName} (--{known.Name})"))}, and the options that begin with '--'.";

    private static bool IsWholeNumber(string? value, int highest = int.MaxValue) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= highest;

    private static string? ProblemOfMemory(string value)
    {
        try
        {
            ByteSize.Parse(value, "--memory");
            return null;
        }
        catch (InvalidExperimentException problem)
        {
            return problem.Message;
        }
    }

    private static string Advice(string found, IEnumerable<string> allowed, string prefix) =>
        Spelling.Nearest(found, allowed) is { } nearest
            ? $"Did you mean '{prefix}{nearest}'?"
            : $"Allowed: {string.Join(", ", allowed.Select(name => prefix + name))}.";
}
