using System.Diagnostics;
using System.Runtime.InteropServices;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.TorchTests.ToolFront;

/// <summary>The C# of README and docs: each block is compiled as a file of its own, as it stands, and a program is run.</summary>
public sealed class DocumentedCode : IDisposable
{
    // What the SDK writes for a project with implicit usings.
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private readonly ModelFolder _folder = new();

    public static TheoryData<string, int> Blocks
    {
        get
        {
            TheoryData<string, int> blocks = new();
            foreach (DocumentedPage page in DocumentedPage.All)
            {
                for (int block = 0; block < CodeOf(page).Count(); block++)
                {
                    blocks.Add(page.Name, block);
                }
            }
            return blocks;
        }
    }

    private static string Compiler =>
        Path.Combine(
            RuntimeEnvironment.GetRuntimeDirectory(),
            "..",
            "..",
            "..",
            "sdk",
            Run(RepositoryRoot.Path, "--version").Output.Trim(),
            "Roslyn",
            "bincore",
            "csc.dll"
        );

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Compiles_as_it_stands(string page, int block)
    {
        string code = CodeOf(DocumentedPage.Named(page)).ElementAt(block);

        (int exitCode, string output) = Compile(code, "library.dll");

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public void Runs_where_it_is_a_program()
    {
        string[] programs = [.. DocumentedPage.All.SelectMany(CodeOf).Where(IsProgram)];

        Assert.NotEmpty(programs);
        Assert.All(
            programs,
            code =>
            {
                // Beside these tests, where all that it refers to is.
                string program = Path.Combine(AppContext.BaseDirectory, "documented-program.dll");
                Assert.Equal(0, Compile(code, program).ExitCode);
                string tests = Path.Combine(AppContext.BaseDirectory, "CircuitPipeline.TorchTests");

                (int exitCode, string output) = Run(
                    _folder.Root,
                    "exec",
                    "--depsfile",
                    $"{tests}.deps.json",
                    "--runtimeconfig",
                    $"{tests}.runtimeconfig.json",
                    program
                );

                Assert.True(exitCode == 0, output);
                Assert.Contains("plan is within the budget: True", output);
            }
        );
    }

    [Fact]
    public void Is_told_from_code_that_does_not_compile() =>
        Assert.Contains("error CS0103", Compile("await VerifyCircuit(circuit);", "wrong.dll").Output);

    private static IEnumerable<string> CodeOf(DocumentedPage page) =>
        page.Blocks.Where(block => block.Language == "csharp").Select(block => block.Code);

    private static bool IsProgram(string code) => !code.Contains("public sealed class", StringComparison.Ordinal);

    private (int ExitCode, string Output) Compile(string code, string assembly)
    {
        File.WriteAllText(_folder["code.cs"], code);
        File.WriteAllText(_folder["usings.cs"], ImplicitUsings);
        string platform = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        File.WriteAllLines(
            _folder["code.rsp"],
            [
                $"-target:{(IsProgram(code) ? "exe" : "library")}",
                "-nologo -noconfig -nostdlib -nullable:enable -warnaserror -nowarn:1701,1702",
                $"-out:\"{assembly}\"",
                .. platform.Split(Path.PathSeparator).Select(reference => $"-reference:\"{reference}\""),
                "code.cs",
                "usings.cs",
            ]
        );
        return Run(_folder.Root, "exec", Compiler, "-noconfig", "@code.rsp");
    }

    private static (int ExitCode, string Output) Run(string folder, params IEnumerable<string> arguments)
    {
        using Process process = Process.Start(
            new ProcessStartInfo("dotnet", arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
