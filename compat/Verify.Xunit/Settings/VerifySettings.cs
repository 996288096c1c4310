using DiffEngine;

namespace VerifyTests;

/// <summary>How one call of Verify names, scrubs, compares and accepts.</summary>
public partial class VerifySettings
{
    private Dictionary<string, StringCompare> extensionStringComparers = [];
    private StringCompare? stringComparer;

    public VerifySettings() { }

    /// <summary>A copy, so that what one call changes does not reach the next.</summary>
    public VerifySettings(VerifySettings? settings)
    {
        if (settings is null)
        {
            return;
        }

        extensionStringComparers = new(settings.extensionStringComparers);
        stringComparer = settings.stringComparer;
        DiffEnabled = settings.DiffEnabled;
        AutoVerifyRule = settings.AutoVerifyRule;
        ThrowsWhenAccepted = settings.ThrowsWhenAccepted;
        Scrubbers = [.. settings.Scrubbers];
        CopyNaming(settings);
        foreach ((string key, object value) in settings.Context)
        {
            Context.Add(key, value is ICloneable cloneable ? cloneable.Clone() : value);
        }
    }

    public Dictionary<string, object> Context { get; } = [];

    internal bool DiffEnabled { get; private set; } = !DiffRunner.Disabled;

    internal AutoVerify? AutoVerifyRule { get; private set; }

    internal bool ThrowsWhenAccepted { get; private set; }

    /// <summary>Opens no diff tool for this test.</summary>
    public void DisableDiff() => DiffEnabled = false;

    /// <summary>Accepts whatever this test receives.</summary>
    public void AutoVerify(bool includeBuildServer = true, bool throwException = false) =>
        AutoVerify(_ => true, includeBuildServer, throwException);

    /// <summary>Accepts what this test receives where the rule says so.</summary>
    public void AutoVerify(AutoVerify autoVerify, bool includeBuildServer = true, bool throwException = false)
    {
        if (includeBuildServer || !BuildServerDetector.Detected)
        {
            (AutoVerifyRule, ThrowsWhenAccepted) = (autoVerify, throwException);
        }
    }

    /// <summary>Compares texts that are not equal; for the extensions named, else for all.</summary>
    public void UseStringComparer(StringCompare compare, params ReadOnlySpan<string> extensions)
    {
        if (extensions.Length == 0)
        {
            stringComparer = compare;
        }

        foreach (string extension in extensions)
        {
            Names.MustBeExtension(extension);
            extensionStringComparers[extension] = compare;
        }
    }

    internal StringCompare? ComparerFor(string extension) =>
        extensionStringComparers.GetValueOrDefault(extension)
        ?? stringComparer
        ?? VerifierSettings.ComparerFor(extension);
}
