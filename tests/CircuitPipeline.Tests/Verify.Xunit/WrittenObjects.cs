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
              IsHere: true
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
        Assert.Equal("[\n  1,\n  null,\n  {}\n]", await Text(new object?[] { 1, null, new { }, Array.Empty<int>() }));

    [Fact]
    public async Task Leave_out_empty_collections_that_are_a_member_an_item_or_a_value()
    {
        Assert.Equal(
            "{\n  Next: 1\n}",
            await Text(
                new
                {
                    List = new List<int>(),
                    Map = new Dictionary<string, int>(),
                    Next = 1,
                }
            )
        );
        Assert.Equal("[\n  [\n    1\n  ]\n]", await Text(new int[][] { [], [1] }));
        Assert.Equal("{}", await Text(new Dictionary<string, int[]> { ["a"] = [] }));
    }

    [Fact]
    public async Task Keep_empty_collections_at_the_root_and_empty_objects()
    {
        Assert.Equal("[]", await Text(Array.Empty<int>()));
        Assert.Equal("{}", await Text(new Dictionary<string, int>()));
        Assert.Equal("{\n  Value: {}\n}", await Text(new { Value = new { } }));
    }

    [Fact]
    public async Task Keep_sequences_that_have_no_count() =>
        Assert.Equal("{\n  Value: []\n}", await Text(new { Value = new[] { 1 }.Where(number => number > 1) }));

    [Fact]
    public async Task Write_null_for_an_empty_collection_that_is_a_value_type() =>
        Assert.Equal("{\n  Value: null\n}", await Text(new { Value = new ArraySegment<int>([]) }));

    [Theory]
    [InlineData("2026-01-02T03:04:05", "DateTimeOffset_1")]
    [InlineData("2026-01-02T03:04:05Z", "DateTimeOffset_1")]
    [InlineData("2026-01-02T03:04:05.1234567+01:00", "DateTimeOffset_1")]
    [InlineData("0001-01-01T05:00:00Z", "Date_MinValue")]
    [InlineData("9999-12-31T03:04:05", "Date_MaxValue")]
    [InlineData("2026-01-02", "2026-01-02")]
    [InlineData("2026-01-02T03:04", "2026-01-02T03:04")]
    [InlineData("2026-01-02 03:04:05", "2026-01-02 03:04:05")]
    [InlineData("2026-01-02T03:04:05.12345678Z", "2026-01-02T03:04:05.12345678Z")]
    public async Task Number_instants_that_are_a_whole_text(string value, string text)
    {
        Assert.Equal($"{{\n  Value: {text}\n}}", await Text(new { Value = value }));
        Assert.Equal($"{{\n  {text}: 1\n}}", await Text(new Dictionary<string, int> { [value] = 1 }));
    }

    [Fact]
    public async Task Name_the_first_and_the_last_day_whatever_the_time() =>
        Assert.Equal(
            "[\n  Date_MinValue,\n  Date_MaxValue,\n  Date_MinValue\n]",
            await Text(
                new object[]
                {
                    DateTime.MinValue.AddHours(3),
                    DateTime.MaxValue.AddHours(-3),
                    DateTimeOffset.MinValue.AddHours(3),
                }
            )
        );

    [Theory]
    [InlineData(double.NaN, "\"NaN\"")]
    [InlineData(double.NegativeInfinity, "\"-Infinity\"")]
    [InlineData(float.PositiveInfinity, "\"Infinity\"")]
    public async Task Put_what_is_no_number_in_quotes_inside_of_them(object value, string text) =>
        Assert.Equal($"{{\n  Value: {text}\n}}", await Text(new { Value = value }));

    [Fact]
    public async Task Write_bytes_in_base_64() =>
        Assert.Equal(
            "{\n  Value: AQID,\n  All: [\n    AQ==\n  ]\n}",
            await Text(new { Value = new byte[] { 1, 2, 3 }, All = new byte[][] { [1], [] } })
        );

    [Fact]
    public async Task Nest_the_dimensions_of_an_array_and_keep_what_is_empty_there() =>
        Assert.Equal(
            "[\n  [\n    1,\n    2\n  ],\n  [\n    [],\n    null\n  ]\n]",
            await Text(
                new object?[,]
                {
                    { 1, 2 },
                    { Array.Empty<int>(), null },
                }
            )
        );

    [Fact]
    public async Task Write_the_keys_of_a_dictionary_as_the_language_does()
    {
        Assert.Equal("{\n  False: 2,\n  True: 1\n}", await Text(new Dictionary<bool, int> { [true] = 1, [false] = 2 }));
        Assert.Equal(
            "{\n  NaN: 2,\n  1.5: 1\n}",
            await Text(new Dictionary<double, int> { [1.5] = 1, [double.NaN] = 2 })
        );
    }

    [Fact]
    public async Task Leave_sorted_dictionaries_and_those_of_objects_in_their_own_order()
    {
        Comparer<string> backwards = Comparer<string>.Create((first, second) => string.CompareOrdinal(second, first));
        SortedDictionary<string, int> sorted = new(backwards) { ["a"] = 1, ["b"] = 2 };

        Assert.Equal("{\n  b: 2,\n  a: 1\n}", await Text(sorted));
        Assert.Equal("{\n  b: 2,\n  a: 1\n}", await Text(new Dictionary<object, int> { ["b"] = 2, ["a"] = 1 }));
        Assert.Equal(
            "{\n  a: 1,\n  b: 2\n}",
            await Text(new SortedList<string, int>(backwards) { ["a"] = 1, ["b"] = 2 })
        );
    }

    [Fact]
    public async Task Leave_out_what_equals_an_object_around_it() =>
        Assert.Equal(
            "{\n  Name: a,\n  Rest: [\n    {\n      Name: b\n    }\n  ]\n}",
            await Text(new Link("a") { Rest = [new Link("a"), new Link("b")] })
        );

    [Fact]
    public async Task Write_the_member_that_hides_another() =>
        Assert.Equal("{\n  Value: new\n}", await Text(new Hiding()));

    [Fact]
    public async Task Say_a_bool_and_a_char_even_where_they_throw_or_are_the_default() =>
        Assert.Equal("{\n  Flag: false,\n  Letter: \0\n}", await Text(new Unsupported()));

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

    private sealed class Link(string name)
    {
        public string Name { get; } = name;

        public Link[] Rest { get; init; } = [];

        public override bool Equals(object? other) => other is Link link && link.Name == Name;

        public override int GetHashCode() => Name.GetHashCode();
    }

    private class Hidden
    {
        public int Value => 1;
    }

    private sealed class Hiding : Hidden
    {
        public new string Value => "new";
    }

    private sealed class Unsupported
    {
        public bool Flag => throw new NotSupportedException();

        public int Number => throw new NotImplementedException();

        public char Letter => '\0';
    }
}
