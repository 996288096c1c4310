using System.Text;
using DiffEngine;

namespace VerifyTests.Engine;

/// <summary>One call: writes what was received beside what was accepted, compares, opens a diff tool or accepts.</summary>
internal sealed class Comparison(VerifySettings settings, SnapshotFiles files)
{
    // With a byte order mark, as the original writes; it is optional when reading.
    private static readonly UTF8Encoding Encoding = new(true, true);
    private readonly FailureText _failure = new(files.Directory);
    private bool _isAccepted = true;

    // A diff tool is for a developer's desk only.
    private bool OpensDiff => settings.DiffEnabled && !DiffRunner.Disabled && !BuildServerDetector.Detected;

    public async Task<VerifyResult> Run(SnapshotText snapshot, object? target)
    {
        (string received, string verified) = (files.Received(snapshot.Extension), files.Verified(snapshot.Extension));
        string[] leftOver = [.. files.Existing("verified").Where(file => file != verified)];
        bool isEqual = await Compare(snapshot, received, verified);
        DeleteLeftOver(leftOver);
        if (isEqual)
        {
            _failure.Equal(received, verified);
        }

        if ((isEqual && leftOver.Length == 0) || (_isAccepted && !settings.ThrowsWhenAccepted))
        {
            return new VerifyResult([verified], target);
        }

        throw new VerifyException(_failure.ToString());
    }

    private async Task<bool> Compare(SnapshotText snapshot, string received, string verified)
    {
        if (Read(verified) is not { } accepted)
        {
            _failure.New(received, verified, snapshot.Text);
            await Offer(snapshot, received, verified);
            return false;
        }

        if (accepted.Length == snapshot.Text.Length + 1 && accepted.EndsWith('\n'))
        {
            accepted = accepted[..^1];
        }

        CompareResult result = new(accepted == snapshot.Text);
        if (!result.IsEqual && settings.ComparerFor(snapshot.Extension) is { } compare)
        {
            result = await compare(snapshot.Text, accepted, settings.Context);
        }

        if (result.IsEqual)
        {
            if (OpensDiff)
            {
                DiffRunner.Kill(received, verified);
            }

            return true;
        }

        _failure.NotEqual(received, verified, snapshot.Text, accepted, result.Message);
        await Offer(snapshot, received, verified);
        return false;
    }

    /// <summary>Accepts where the settings say so, else opens a diff tool.</summary>
    private async Task Offer(SnapshotText snapshot, string received, string verified)
    {
        File.WriteAllText(received, snapshot.Text, Encoding);
        if (settings.AutoVerifyRule?.Invoke(verified) == true)
        {
            File.Move(received, verified, overwrite: true);
            return;
        }

        _isAccepted = false;
        if (OpensDiff)
        {
            await DiffRunner.LaunchForTextAsync(received, verified, Encoding);
        }
    }

    /// <summary>Files of another extension that this call no longer makes.</summary>
    private void DeleteLeftOver(string[] leftOver)
    {
        if (leftOver.Length == 0)
        {
            return;
        }

        _failure.Delete(leftOver);
        foreach (string file in leftOver)
        {
            if (settings.AutoVerifyRule?.Invoke(file) == true)
            {
                File.Delete(file);
            }
            else
            {
                _isAccepted = false;
            }
        }
    }

    /// <summary>The accepted text with <c>\n</c> as line end; an empty file is as good as none and goes.</summary>
    private static string? Read(string verified)
    {
        if (!File.Exists(verified))
        {
            return null;
        }

        if (new FileInfo(verified).Length == 0)
        {
            File.Delete(verified);
            return null;
        }

        return File.ReadAllText(verified).Replace("\r\n", "\n").Replace('\r', '\n');
    }
}
