using System.Globalization;
using CircuitPipeline.Attribution;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Study.Engine;
using CircuitPipeline.Tensors.Reproducibility;

namespace CircuitPipeline.BuildHost;

/// <summary>Finds what is wrong with a command line before anything runs; Cake would ignore a misspelt option.</summary>
public static class CommandLineCheck
{
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

            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                // A short option is Cake's; its value follows it.
                i += parts.Length == 1 && i + 1 < args.Length && !args[i + 1].StartsWith('-') ? 1 : 0;
                continue;
            }

            string name = parts[0][2..];
            if (Array.Find(BuildOption.All, option => option.Name == name) is not { } option)
            {
                return $"Unknown option '--{name}'. {Advice(name, BuildOption.All.Select(known => known.Name), "--")}";
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
            "jobs" when !IsWholeNumber(value) => $"The option '--jobs' is '{value}', but must be a whole number.",
            "device" when !Devices.Names.Contains(value!) =>
                $"The option '--device' is '{value}', but must be {Devices.NamesText}.",
            "numerics" when !EnumNames.All<Numerics>().Contains(value!) =>
                $"The option '--numerics' is '{value}'. {Advice(value!, EnumNames.All<Numerics>(), "")}",
            _ => null,
        };

    private static bool IsWholeNumber(string? value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static string Advice(string found, IEnumerable<string> allowed, string prefix) =>
        Spelling.Nearest(found, allowed) is { } nearest
            ? $"Did you mean '{prefix}{nearest}'?"
            : $"Allowed: {string.Join(", ", allowed.Select(name => prefix + name))}.";
}
