using CircuitPipeline.Testing;

namespace CircuitPipeline.Tests.Packages;

/// <summary>A console project that has packages of the house and nothing else: it runs the examples of their readmes, and those of docs/getting-started.md and CONTRIBUTING.</summary>
internal static class LibraryProgram
{
    // In this order: what one writes the next one reads. The first calls TorchSharp before anything of the house that computes.
    private static readonly string[] Libraries =
    [
        "Models",
        "Tensors",
        "Circuits",
        "Prompts",
        "Pipeline",
        "Attribution",
        "Training",
        "Reporting",
    ];

    private static string Project =>
        $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="CircuitPipeline.Attribution" Version="{PackedPackages.Version}" />
                <PackageReference Include="CircuitPipeline.Study" Version="{PackedPackages.Version}" />
                <PackageReference Include="CircuitPipeline.Planning" Version="{PackedPackages.Version}" />
              </ItemGroup>
            </Project>
            """;

    // What CONTRIBUTING adds to the house, outside of it.
    private static string Contributing =>
        Class(
            "ContributingExample",
            [
                "using CircuitPipeline.Attribution;",
                "using CircuitPipeline.Attribution.Methods;",
                "using CircuitPipeline.Prompts.Files;",
                "using CircuitPipeline.Models;",
                "using CircuitPipeline.Models.Checkpoints;",
                "using CircuitPipeline.Prompts;",
                "using CircuitPipeline.Prompts.PromptPairs;",
                "using CircuitPipeline.Prompts.Tasks;",
                "using CircuitPipeline.Training.Methods;",
                "using TorchSharp;",
            ],
            [
                """
                using Transformer model = Checkpoint.Load("model", torch.float32, torch.CPU);
                EncodedPairs pairs = PairsFile.Read("pairs.jsonl", vocabulary: null);
                double[] scores = [.. new EqualScores().Attribute(model, pairs, Metrics.LogitDifference).Values];
                Console.WriteLine($"equal scores: {scores.Distinct().Count()}");
                Console.WriteLine($"minimum: {new MinimumTask(9).Draw(new SeededRandom(1))}");
                using torch.Generator random = new(1);
                AdapterSettings settings = new() { RankOf = _ => 1, AlphaOverRank = 2, Steps = 1 };
                using TrainedAdapter shift = new Shift().Attach(model, settings, random);
                shift.Save("shift", "model");
                Console.WriteLine($"shifts: {shift.Parameters.Count() == model.LinearModules.Count()}");
                """,
            ]
        );

    internal static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "program.csproj"), Project);
        foreach (string library in (string[])[.. Libraries, "Planning", "Study"])
        {
            string readme = Path.Combine(RepositoryRoot.Path, "src", $"CircuitPipeline.{library}", "README.md");
            File.WriteAllText(Path.Combine(folder, $"{library}.cs"), Example(library, File.ReadAllText(readme)));
        }

        foreach ((int number, string type) in ContributedTypes().Index())
        {
            File.WriteAllText(Path.Combine(folder, $"Contributed{number}.cs"), type);
        }

        File.WriteAllText(Path.Combine(folder, "Contributing.cs"), Contributing);
        string guide = DocumentedPage.Named("docs/getting-started.md").Text;
        File.WriteAllText(Path.Combine(folder, "Guide.cs"), Example("Guide", guide));
        File.WriteAllText(
            Path.Combine(folder, "Program.cs"),
            string.Concat(Libraries.Select(library => $"Examples.{library}Example.Run();\n"))
                + """
                Examples.GuideExample.Run();
                Examples.PlanningExample.Run();
                Examples.ContributingExample.Run();
                """
        );
    }

    // The directives of an example stand at the top of a file of its own.
    private static string Example(string name, string page)
    {
        string[] lines = Block(page);
        string[] usings =
        [
            .. lines.Where(line => line.StartsWith("using CircuitPipeline.") || line == "using TorchSharp;"),
        ];
        return Class($"{name}Example", usings, lines.Where(line => !usings.Contains(line)));
    }

    private static string Class(string name, IEnumerable<string> usings, IEnumerable<string> body) =>
        $$"""
            {{string.Join('\n', usings)}}

            namespace Examples;

            internal static class {{name}}
            {
                internal static void Run()
                {
            {{string.Join('\n', body)}}
                }
            }
            """;

    // The stage is internal to Study, and so compiles only there.
    private static IEnumerable<string> ContributedTypes() =>
        File.ReadAllText(Path.Combine(RepositoryRoot.Path, "CONTRIBUTING.md"))
            .Split("```csharp\n")[1..]
            .Select(block => block.Split("```")[0])
            .Where(block => block.Contains("public sealed class"));

    // The first C# block.
    private static string[] Block(string page) => page.Split("```csharp\n")[1].Split("```")[0].Split('\n');
}
