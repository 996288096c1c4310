using System.Diagnostics;
using System.Runtime.Versioning;
using DiffEngine;
using VerifyTests;
using VerifyXunit;
using Xunit;

namespace CircuitPipeline.Tests.VerifyXunitPackage;

/// <summary>When a diff tool is opened (Verify's docs: readme, DiffEngine). Whether one may be is said for the whole process, so this runs alone.</summary>
[Collection(OpenedDiffToolsAlone.Name)]
[UnsupportedOSPlatform("windows")]
public sealed class OpenedDiffTools : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly (bool Disabled, bool Detected) _before = (DiffRunner.Disabled, BuildServerDetector.Detected);
    private readonly SnapshotFolder _folder = new();

    public void Dispose()
    {
        (DiffRunner.Disabled, BuildServerDetector.Detected) = _before;
        _folder.Dispose();
    }

    [Fact]
    public async Task Show_both_files_on_a_desk_and_never_on_a_build_server()
    {
        string log = UseAToolThatOnlyNotes();
        (DiffRunner.Disabled, BuildServerDetector.Detected) = (false, true);
        await Fail("OnABuildServer");
        BuildServerDetector.Detected = false;
        await Fail("WithoutDiff", call => call.DisableDiff());
        DiffRunner.Disabled = true;
        await Fail("Disabled");
        DiffRunner.Disabled = false;
        await Fail("OnADesk");

        // Were an earlier one opened, it would be noted before the last.
        Stopwatch watch = Stopwatch.StartNew();
        while ((!File.Exists(log) || new FileInfo(log).Length == 0) && watch.Elapsed < Patience)
        {
            await Task.Delay(20);
        }

        Assert.Equal([$"{File_("received")} {File_("verified")}"], File.ReadAllLines(log));
        string File_(string kind) => Path.Combine(_folder.Path, $"OnADesk.{kind}.txt");
    }

    private async Task Fail(string name, Func<SettingsTask, SettingsTask>? settings = null)
    {
        _folder.Write($"{name}.verified.txt", "other");
        SettingsTask call = Verifier.Verify("text").UseDirectory(_folder.Path).UseFileName(name);
        await Assert.ThrowsAnyAsync<Exception>(() => (settings?.Invoke(call) ?? call).ToTask());
    }

    private string UseAToolThatOnlyNotes()
    {
        string log = Path.Combine(_folder.Path, "log");
        string tool = _folder.Write("tool", $"#!/bin/sh\necho \"$@\" >> '{log}'\n");
        File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string Arguments(string received, string verified) => $"\"{received}\" \"{verified}\"";
        DiffTools.AddTool(
            name: "notes",
            autoRefresh: true,
            isMdi: false,
            supportsText: true,
            requiresTarget: true,
            useShellExecute: false,
            launchArguments: new LaunchArguments(Arguments, Arguments),
            exePath: tool,
            binaryExtensions: []
        );
        return log;
    }
}

[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OpenedDiffToolsAlone
{
    public const string Name = "opened diff tools";
}
