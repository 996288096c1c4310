namespace VerifyTests.Engine;

/// <summary>Remembers the first test that verified something, since global settings must come before it.</summary>
internal static class FirstRun
{
    private static string? _test;

    public static void Note(string test) => Interlocked.CompareExchange(ref _test, test, null);

    public static void MustBeAhead(string member)
    {
        if (_test is { } test)
        {
            throw new InvalidOperationException(
                $"'{member}' must be called before anything is verified, best in a [ModuleInitializer]; '{test}' was earlier."
            );
        }
    }
}
