using System.Globalization;
using VerifyTests;
using VerifyXunit;
using Xunit;

namespace CircuitPipeline.Tests.VerifyXunitPackage;

/// <summary>Comparers for texts that are not equal (Verify's docs: comparer).</summary>
public sealed class Comparers : IDisposable
{
    private readonly SnapshotFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task May_find_texts_equal_enough()
    {
        _folder.Write("Snapshot.verified.txt", "19.7 %");

        await _folder.Success(Verifier.Verify("20.4 %").UseStringComparer(ToTheWholePercent));

        Assert.Equal("19.7 %", _folder.Read("Snapshot.verified.txt"));
        Assert.Equal(["Snapshot.verified.txt"], _folder.Files);
    }

    [Fact]
    public async Task Say_why_texts_are_not_in_their_place()
    {
        _folder.Write("Snapshot.verified.txt", "19.7 %");

        string message = await _folder.Failure(Verifier.Verify("20.6 %").UseStringComparer(ToTheWholePercent));

        Assert.EndsWith(
            """
            NotEqual:

            Received: Snapshot.received.txt
            Verified: Snapshot.verified.txt
            Compare Result:
            19.7 became 20.6


            """,
            message
        );
    }

    [Fact]
    public async Task For_an_extension_leave_others_alone()
    {
        _folder.Write("Snapshot.verified.txt", "19.7 %");

        await _folder.Failure(Verifier.Verify("20.4 %").UseStringComparer(ToTheWholePercent, "percent"));
    }

    [Fact]
    public async Task Registered_for_an_extension_need_not_be_named()
    {
        _folder.Write("Snapshot.verified.percent", "19.7 %");

        await _folder.Success(Verifier.Verify("20.4 per cent", "percent"));
    }

    [Fact]
    public async Task See_the_context_of_the_settings()
    {
        _folder.Write("Snapshot.verified.txt", "a");
        VerifySettings settings = new();
        settings.Context["seen"] = "b";

        await _folder.Success(
            Verifier
                .Verify("b", settings)
                .UseStringComparer(
                    (received, _, context) => Task.FromResult(new CompareResult(received.Equals(context["seen"])))
                )
        );
    }

    /// <summary>Registered for the extension 'percent'.</summary>
    internal static Task<CompareResult> ToTheWholePercent(
        string received,
        string verified,
        IReadOnlyDictionary<string, object> context
    )
    {
        (double has, double was) = (Number(received), Number(verified));
        return Task.FromResult(
            Math.Round(has) == Math.Round(was)
                ? CompareResult.Equal
                : CompareResult.NotEqual(string.Create(CultureInfo.InvariantCulture, $"{was} became {has}"))
        );
    }

    private static double Number(string text) => double.Parse(text.TrimEnd(' ', '%'), CultureInfo.InvariantCulture);
}
