using System.Diagnostics.Contracts;
using System.Runtime.CompilerServices;
using VerifyTests;

namespace VerifyXunit;

public static partial class Verifier
{
    [Pure]
    public static SettingsTask Verify(
        string? target,
        VerifySettings? settings = null,
        [CallerFilePath] string sourceFile = ""
    ) => Verify(settings, sourceFile, text => text.OfString(target), target);

    [Pure]
    public static SettingsTask Verify(
        Task<string> target,
        VerifySettings? settings = null,
        [CallerFilePath] string sourceFile = ""
    ) => Verify(settings, sourceFile, (text, value) => text.OfString(value), target);

    [Pure]
    public static SettingsTask Verify(
        string? target,
        string extension,
        VerifySettings? settings = null,
        [CallerFilePath] string sourceFile = ""
    ) => Verify(settings, sourceFile, text => text.OfString(target, extension), null);

    [Pure]
    public static SettingsTask Verify(
        Task<string> target,
        string extension,
        VerifySettings? settings = null,
        [CallerFilePath] string sourceFile = ""
    ) => Verify(settings, sourceFile, (text, value) => text.OfString(value, extension), target);
}
