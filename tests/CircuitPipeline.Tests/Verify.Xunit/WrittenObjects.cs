using VerifyTests;
using VerifyXunit;
using Xunit;

namespace CircuitPipeline.Tests.VerifyXunitPackage;

/// <summary>How objects are written: JSON without quotes (Verify's docs: readme, serializer-settings, guids, dates, ordering).</summary>
public sealed class WrittenObjects : IDisposable
{
    private readonly SnapshotFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Have_a_line_for_each_member_that_is_not_the_default() =>
        Assert.Equal(
            """
            {
              Name: Ann Smith,
              Title: Doctor,
              Height: 1.0,
              IsHere: false,
              Children: [
                Sam,
                Mary
              ],
              Address: {
                Street: 4 Puddle Lane
              }
            }
            """,
            await Text(
                new Person("Ann Smith", Title.Doctor, 0, 1, false, null, ["Sam", "Mary"], new("4 Puddle Lane", null))
            )
        );

    [Fact]
    public async Task Leave_out_the_default_of_an_enumeration() =>
        Assert.Equal(
            """
            {
              Name: ,
              Age: 7,
              Height: 0.25,
              IsHere: true,
              Children: []
            }
            """,
            await Text(new Person("", Title.None, 7, 0.25, true, null, [], null))
        );

    [Fact]
    public async Task Sort_dictionaries_by_key() =>
        Assert.Equal(
            """
            {
              Entry_1: 1234,
              Entry_2: 5678,
              Entry_3: null
            }
            """,
            await Text(
                new Dictionary<string, string?>
                {
                    ["Entry_3"] = null,
                    ["Entry_1"] = "1234",
                    ["Entry_2"] = "5678",
                }
            )
        );

    [Fact]
    public async Task Number_guids_and_dates_in_their_order()
    {
        Guid guid = new("173535ae-995b-4cc6-a74e-8cd4be57039c");

        string text = await Text(
            new
            {
                First = guid,
                Second = Guid.Empty.ToString(),
                Third = guid.ToString(),
                Time = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc),
                Day = new DateOnly(2026, 1, 2),
                Instant = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            }
        );

        Assert.Equal(
            """
            {
              First: Guid_1,
              Second: Guid_Empty,
              Third: Guid_1,
              Time: DateTime_1,
              Day: Date_1,
              Instant: DateTimeOffset_1
            }
            """,
            text
        );
    }

    [Fact]
    public async Task Begin_a_text_of_several_lines_on_its_own_line() =>
        Assert.Equal("{\n  Lines:\na\nb,\n  Next: c\n}", await Text(new { Lines = "a\r\nb", Next = "c" }));

    [Fact]
    public async Task Scrub_texts_inside_of_them() =>
        Assert.Equal(
            "{\n  Name: x\n}",
            await _folder.Text(Verifier.Verify(new { Name = "a" }).AddScrubber(text => text.Replace("a", "x")))
        );

    [Theory]
    [InlineData(1.5, "1.5")]
    [InlineData(2, "2")]
    [InlineData(true, "True")]
    public async Task Are_plain_texts_where_they_are_plain_values(object value, string text) =>
        Assert.Equal(text, await Text(value));

    [Fact]
    public async Task May_be_awaited_first()
    {
        VerifyResult result = await _folder.Success(Verifier.Verify(Task.FromResult(new { Number = 3 })).AutoVerify());

        Assert.Equal("{\n  Number: 3\n}", result.Text);
        Assert.Equal(new { Number = 3 }, result.Target);
    }

    [Fact]
    public async Task Write_items_and_empty_objects() =>
        Assert.Equal(
            "[\n  1,\n  null,\n  {},\n  []\n]",
            await Text(new object?[] { 1, null, new { }, Array.Empty<int>() })
        );

    private Task<string> Text(object value) => _folder.Text(Verifier.Verify(value));

    private enum Title
    {
        None,
        Doctor,
    }

    private sealed record Person(
        string Name,
        Title Title,
        int Age,
        double Height,
        bool IsHere,
        string? Nickname,
        string[] Children,
        Address? Address
    );

    private sealed record Address(string Street, string? Suburb);
}
