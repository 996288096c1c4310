using System.ComponentModel;
using System.Diagnostics;

namespace CircuitPipeline.Tensors.Loading;

/// <summary>The libtorch that PyTorch has installed, for <c>LIBTORCH_USE_PYTORCH=1</c>, as the Rust binding tch has it.</summary>
internal static class PyTorchFolder
{
    /// <summary>The environment variable; 1 asks for PyTorch's libtorch, 0 and nothing do not.</summary>
    internal const string Variable = "LIBTORCH_USE_PYTORCH";

    // Finds the package without importing it, which would load all of it into Python.
    private const string Question =
        "import importlib.util as u; s = u.find_spec('torch'); print(list(s.submodule_search_locations)[0] if s and s.submodule_search_locations else '')";

    private static readonly string[] Programs = ["python3", "python"];

    /// <summary>Whether the user asks for it.</summary>
    /// <param name="variable">Environment variables by name.</param>
    /// <exception cref="LibTorchNotLoadedException">The variable is neither 0 nor 1.</exception>
    internal static bool IsWanted(Func<string, string?> variable) =>
        variable(Variable) switch
        {
            null or "" or "0" => false,
            "1" => true,
            var other => throw new LibTorchNotLoadedException(
                $"{Variable} is '{other}', but must be 1 to use PyTorch's libtorch, or 0; correct or unset it."
            ),
        };

    /// <summary>Asks Python for the folder of its package <c>torch</c>.</summary>
    /// <param name="run">Runs a program; null where there is none of this name.</param>
    /// <exception cref="LibTorchNotLoadedException">There is no Python, or it has no PyTorch.</exception>
    internal static string Find(Func<string, string[], (int ExitCode, string Output)?>? run = null)
    {
        foreach (string program in Programs)
        {
            if ((run ?? Run)(program, ["-c", Question]) is not (int exitCode, string output))
            {
                continue;
            }

            string folder = output.Trim();
            return exitCode == 0 && Path.IsPathFullyQualified(folder)
                ? folder
                : throw new LibTorchNotLoadedException(
                    $"{Variable} is 1, but '{program}' {(exitCode == 0 ? "has no package 'torch'" : $"ended with {exitCode} when it was asked for its package 'torch'")}; "
                        + "put a Python with PyTorch first in PATH, or name the folder of a libtorch in LIBTORCH."
                );
        }

        throw new LibTorchNotLoadedException(
            $"{Variable} is 1, but there is no '{string.Join("' and no '", Programs)}' in PATH; "
                + "put a Python with PyTorch there, or name the folder of a libtorch in LIBTORCH."
        );
    }

    private static (int, string)? Run(string program, string[] arguments)
    {
        try
        {
            ProcessStartInfo start = new(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using Process python = Process.Start(start)!;
            python.ErrorDataReceived += (_, _) => { };
            python.BeginErrorReadLine();
            string output = python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            return (python.ExitCode, output);
        }
        catch (Win32Exception)
        {
            return null; // there is no such program
        }
    }
}
