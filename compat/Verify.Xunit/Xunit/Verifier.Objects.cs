using System.Diagnostics.Contracts;
using System.Runtime.CompilerServices;
using VerifyTests;

namespace VerifyXunit;

public static partial class Verifier
{
    [Pure]
    public static SettingsTask Verify(
        object? target,
        VerifySettings? settings = null,
        [CallerFilePath] string sourceFile = ""
    ) => Verify(settings, sourceFile, text => text.OfObject(target), target);

    [Pure]
    public static SettingsTask Verify<T>(
        Task<T> target,
        VerifySettings? settings = null,
        [CallerFilePath] string sourceFile = ""
    ) => Verify(settings, sourceFile, (text, value) => text.OfObject(value), target);
}
