using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Contracts;
using System.Runtime.CompilerServices;
using VerifyTests;

namespace VerifyXunit;

public static partial class Verifier
{
    [Pure]
    public static SettingsTask VerifyJson(
        [StringSyntax(StringSyntaxAttribute.Json)] string? target,
        VerifySettings? settings = null,
        [CallerFilePath] string sourceFile = ""
    ) => Verify(settings, sourceFile, text => text.OfJson(target), target);

    [Pure]
    public static SettingsTask VerifyJson(
        [StringSyntax(StringSyntaxAttribute.Json)] Task<string> target,
        VerifySettings? settings = null,
        [CallerFilePath] string sourceFile = ""
    ) => Verify(settings, sourceFile, (text, value) => text.OfJson(value), target);
}
