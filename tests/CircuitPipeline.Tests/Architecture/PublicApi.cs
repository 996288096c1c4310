using System.Reflection;
using CircuitPipeline.BuildHost;
using CircuitPipeline.Testing;
using VerifyXunit;
using Xunit;

namespace CircuitPipeline.Tests.ArchitectureRules;

/// <summary>What each library shows to its users: a member that comes, goes or changes shows in the file of its library.</summary>
public sealed class PublicApi
{
    /// <summary>Every library of src/, so that a new one fails until its file is accepted.</summary>
    public static TheoryData<string> Libraries =>
        [.. new Paths(RepositoryRoot.Path).Libraries.Select(project => Paths.NameOf(project))];

    [Theory]
    [MemberData(nameof(Libraries))]
    public Task Is_the_accepted_one(string library) =>
        Verifier.Verify(PublicApiText.Of(Assembly.Load(library))).UseDirectory("PublicApi").UseFileName(library);

    [Fact]
    public void No_file_is_of_a_library_that_is_gone() =>
        Assert.Equal(
            new Paths(RepositoryRoot.Path).Libraries.Select(Paths.NameOf),
            Directory
                .GetFiles(Path.Combine(RepositoryRoot.Path, "tests/CircuitPipeline.Tests/Architecture/PublicApi"))
                .Where(file => file.EndsWith(".verified.txt", StringComparison.Ordinal))
                .Select(file => Path.GetFileName(file).Replace(".verified.txt", ""))
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Is_written_as_in_CSharp() =>
        Assert.Equal(
            """
            namespace CircuitPipeline.Tests.ArchitectureRules

            public sealed record SampleOfAnApi<T>
              SampleOfAnApi(string? Name, IReadOnlyList<T?> Items)
              IReadOnlyList<T?> Items { get; init; }
              const int Most = 3
              static bool TryFind(ReadOnlySpan<byte> bytes, out T? found, int? most = null, params string[] names)
              string? Name { get; init; }
              void Wait(CancellationToken cancellation = default)

            """,
            PublicApiText.Of(typeof(SampleOfAnApi<>))
        );
}

/// <summary>A type with a member of each kind that is easily written wrong.</summary>
public sealed record SampleOfAnApi<T>(string? Name, IReadOnlyList<T?> Items)
    where T : class
{
    public const int Most = 3;

    internal int Hidden => Most;

    public void Wait(CancellationToken cancellation = default) => cancellation.ThrowIfCancellationRequested();

    public static bool TryFind(ReadOnlySpan<byte> bytes, out T? found, int? most = null, params string[] names)
    {
        found = null;
        return bytes.IsEmpty && most == names.Length;
    }
}
