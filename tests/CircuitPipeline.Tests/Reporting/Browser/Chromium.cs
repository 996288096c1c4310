using System.Diagnostics;
using System.Text.RegularExpressions;

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
        // What the browser itself asks for goes nowhere; what a page asks for is logged before its name is looked up.
        "--host-resolver-rules=MAP * ~NOTFOUND",
        "--enable-logging=stderr",
        "--v=0",
        "--virtual-time-budget=30000",
        "--window-size=1280,1000",
    ];

    public static bool IsInstalled => File.Exists(Program);

    public static OpenedDocument Open(string page, string profile)
    {
        string network = Path.Combine(profile, "network.json");
        Directory.CreateDirectory(profile);
        ProcessStartInfo start = new(Program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (
            string flag in (string[])
                [.. Flags, $"--user-data-dir={profile}", $"--log-net-log={network}", "--dump-dom", page]
        )
        {
            start.ArgumentList.Add(flag);
        }

        using Process browser = Process.Start(start)!;
        Task<string> document = browser.StandardOutput.ReadToEndAsync();
        Task<string> log = browser.StandardError.ReadToEndAsync();
        if (!browser.WaitForExit(TimeSpan.FromMinutes(2)))
        {
            browser.Kill(entireProcessTree: true);
            throw new TimeoutException($"'{Program}' did not open '{page}' within 2 minutes.");
        }
        return new(document.Result, log.Result, Requests(File.ReadAllText(network)));
    }

    // One event a line. The browser's own requests have no initiator; a page's have its origin, 'null' for a file.
    private static string[] Requests(string network) =>
        [
            .. Regex
                .Matches(network, "\"initiator\":\"(?!not an origin)[^\"]*\".*?\"url\":\"([^\"]*)\"")
                .Select(match => match.Groups[1].Value),
        ];
}
