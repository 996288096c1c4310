using System.Reflection;
using VerifyTests;
using VerifyTests.Engine;
using VerifyTests.Scrubbing;

namespace VerifyXunit;

/// <summary>Compares a value's text with the accepted one beside the test.</summary>
public static partial class Verifier
{
    private static DerivePathInfo derivePathInfo = PathInfo.DeriveDefault;

    public static void DerivePathInfo(DerivePathInfo derivePathInfo)
    {
        FirstRun.MustBeAhead($"{nameof(Verifier)}.{nameof(DerivePathInfo)}");
        Verifier.derivePathInfo = derivePathInfo;
    }

    private static SettingsTask Verify(
        VerifySettings? settings,
        string sourceFile,
        Func<TextOfTarget, SnapshotText> text,
        object? target
    ) => new(settings, current => Run(current, sourceFile, text, target));

    private static SettingsTask Verify<T>(
        VerifySettings? settings,
        string sourceFile,
        Func<TextOfTarget, T, SnapshotText> text,
        Task<T> task
    ) =>
        new(
            settings,
            async current =>
            {
                T target = await task;
                return await Run(current, sourceFile, writer => text(writer, target), target);
            }
        );

    private static Task<VerifyResult> Run(
        VerifySettings settings,
        string sourceFile,
        Func<TextOfTarget, SnapshotText> text,
        object? target
    )
    {
        MethodInfo method = UseVerifyAttribute.GetMethod();
        Type type = method.ReflectedType!;
        FirstRun.Note($"{type.Name}.{method.Name}");
        Folders folders = Folders.Of(type.Assembly);
        PathInfo path = derivePathInfo(sourceFile, folders.Project, type, method);
        SnapshotFiles files = SnapshotFiles.Of(settings, path, sourceFile, type, method);
        TextOfTarget writer = new(settings, new Counter(), folders);
        return new Comparison(settings, files).Run(text(writer), target);
    }
}
