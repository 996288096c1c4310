#nullable enable
using System.Diagnostics;

/// <summary>Keeps tools/host/STAMP: the build of build/Build.csproj whose sources have that stamp.</summary>
/// <remarks>The host runs from this copy, so that compiling the solution never replaces the files of a running build.</remarks>
internal static class HostBuild
{
    public static HostFolder UpToDate(string root, Supply supply)
    {
        string hosts = System.IO.Path.Combine(root, "tools", "host");
        System.IO.Directory.CreateDirectory(hosts);
        using FileStream turn = WaitForTurn(System.IO.Path.Combine(root, "tools", "host.lock"));

        string folder = System.IO.Path.Combine(hosts, SourceStamp.Of(root, supply));
        if (!System.IO.Directory.Exists(folder))
        {
            Build(root, supply);
            string copy = System.IO.Path.Combine(root, "tools", "host.tmp");
            try
            {
                Copy(System.IO.Path.Combine(root, "build", "bin", "Release", "net10.0"), copy);
                System.IO.Directory.Move(copy, folder);
            }
            catch when (System.IO.Directory.Exists(copy))
            {
                System.IO.Directory.Delete(copy, recursive: true);
                throw;
            }

            HostFolder.DeleteOld(hosts, keep: 3);
        }

        return new HostFolder(folder);
    }

    private static void Build(string root, Supply supply)
    {
        Console.WriteLine("Building the build itself (build/Build.csproj), because its sources are new or changed.");
        Stopwatch watch = Stopwatch.StartNew();
        string project = System.IO.Path.Combine(root, "build", "Build.csproj");
        string[] arguments =
        [
            "build",
            project,
            "--configuration",
            "Release",
            "--verbosity",
            "quiet",
            "--nologo",
            "-consoleLoggerParameters:NoSummary",
        ];
        // A build that is told to end (SIGTERM) ends with 0 and may have built nothing: what is there now must not be taken for it.
        string built = System.IO.Path.Combine(root, "build", "bin", "Release", "net10.0", "Build.dll");
        if (System.IO.File.Exists(built))
        {
            System.IO.File.Delete(built);
        }

        int exitCode = HostProcess.Start(root, arguments, supply);
        if (exitCode != 0)
        {
            throw new BridgeException(
                1,
                $"'dotnet build build/Build.csproj -c Release' ended with {exitCode}; its messages are above."
            );
        }

        if (!System.IO.File.Exists(built))
        {
            throw new BridgeException(1, "Building build/Build.csproj was stopped; the next start builds it.");
        }

        Console.WriteLine($"Built in {watch.Elapsed.TotalSeconds:F0} s.");
    }

    private static void Copy(string from, string to)
    {
        if (System.IO.Directory.Exists(to))
        {
            System.IO.Directory.Delete(to, recursive: true);
        }

        System.IO.Directory.CreateDirectory(to);
        foreach (string file in System.IO.Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string target = System.IO.Path.Combine(to, System.IO.Path.GetRelativePath(from, file));
            System.IO.Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            // libtorch with CUDA comes as links to gigabytes.
            if (new FileInfo(file).LinkTarget is { } linked)
            {
                System.IO.File.CreateSymbolicLink(target, linked);
            }
            else
            {
                System.IO.File.Copy(file, target);
            }
        }
    }

    private static FileStream WaitForTurn(string path)
    {
        for (bool isFirst = true; ; isFirst = false)
        {
            try
            {
                return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                if (isFirst)
                {
                    Console.WriteLine("Waiting for another build of this folder.");
                }

                System.Threading.Thread.Sleep(200);
            }
        }
    }
}
