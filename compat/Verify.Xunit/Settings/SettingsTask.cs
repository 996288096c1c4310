using System.Diagnostics.Contracts;
using System.Runtime.CompilerServices;

namespace VerifyTests;

/// <summary>A call of Verify that runs when it is awaited, and until then takes settings.</summary>
public partial class SettingsTask
{
    private readonly Func<VerifySettings, Task<VerifyResult>> buildTask;
    private readonly VerifySettings settings;
    private Task<VerifyResult>? task;

    public SettingsTask(VerifySettings? settings, Func<VerifySettings, Task<VerifyResult>> buildTask)
    {
        this.settings = new VerifySettings(settings);
        this.buildTask = buildTask;
    }

    public VerifySettings CurrentSettings =>
        task is null
            ? settings
            : throw new InvalidOperationException("The call was awaited already, so that settings come too late.");

    [Pure]
    public Task<VerifyResult> ToTask() => task ??= buildTask(settings);

    [Pure]
    public ConfiguredTaskAwaitable<VerifyResult> ConfigureAwait(bool continueOnCapturedContext) =>
        ToTask().ConfigureAwait(continueOnCapturedContext);

    [Pure]
    public TaskAwaiter<VerifyResult> GetAwaiter() => ToTask().GetAwaiter();

    [Pure]
    public static implicit operator Task<VerifyResult>(SettingsTask settingsTask) => settingsTask.ToTask();

    [Pure]
    public SettingsTask DisableDiff() => With(current => current.DisableDiff());

    [Pure]
    public SettingsTask AutoVerify(bool includeBuildServer = true, bool throwException = false) =>
        With(current => current.AutoVerify(includeBuildServer, throwException));

    [Pure]
    public SettingsTask AutoVerify(
        AutoVerify autoVerify,
        bool includeBuildServer = true,
        bool throwException = false
    ) => With(current => current.AutoVerify(autoVerify, includeBuildServer, throwException));

    [Pure]
    public SettingsTask UseStringComparer(StringCompare compare, params ReadOnlySpan<string> extensions)
    {
        CurrentSettings.UseStringComparer(compare, extensions);
        return this;
    }

    private SettingsTask With(Action<VerifySettings> change)
    {
        change(CurrentSettings);
        return this;
    }
}
