using System.Diagnostics;

namespace CircuitPipeline.Tests.Reporting.Browser;

/// <summary>The distribution's browser without a window, with an empty profile and nothing of its own to ask the network.</summary>
internal static class Chromium
{
    private const string Program = "/usr/bin/chromium";

    private static readonly string[] Flags =
    [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--enable-logging=stderr",
        "--v=0",
        "--virtual-time-budget=30000",
        "--window-size=1280,1000",
    ];

    public static bool IsInstalled => File.Exists(Program);

    /// <summary>What the browser wrote: the document after its scripts ran, and its log, which holds the console.</summary>
    public static (string Document, string Log) Open(string page, string profile, params string[] more)
    {
        var start = new ProcessStartInfo(Program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string flag in (string[])[.. Flags, $"--user-data-dir={profile}", .. more, "--dump-dom", page])
            start.ArgumentList.Add(flag);
        using Process browser = Process.Start(start)!;
        Task<string> document = browser.StandardOutput.ReadToEndAsync();
        Task<string> log = browser.StandardError.ReadToEndAsync();
        if (!browser.WaitForExit(TimeSpan.FromMinutes(2)))
        {
            browser.Kill(entireProcessTree: true);
            throw new TimeoutException($"'{Program}' did not open '{page}' within 2 minutes.");
        }
        return (document.Result, log.Result);
    }
}
