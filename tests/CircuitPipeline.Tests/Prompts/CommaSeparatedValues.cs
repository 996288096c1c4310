using System.Text;
using CircuitPipeline.Prompts.PromptPairs.Paper;
using CircuitPipeline.Testing;
using Xunit;

namespace CircuitPipeline.Tests.Prompts;

public sealed class CommaSeparatedValues
{
    private const string Heading = "clean,corrupted,label\n";

    [Theory]
    [InlineData("a,b,c\n", "a", "b", "c")]
    [InlineData("a,b,c", "a", "b", "c")]
    [InlineData("\"a,1\",\"b \"\"q\"\"\",\"\"", "a,1", "b \"q\"", "")]
    [InlineData("\"\"\"\",\"\"\"\"\"\",\"x\"\"\"\r\n", "\"", "\"\"", "x\"")]
    [InlineData("\"a\r\nb\",\"\n\",c\n", "a\r\nb", "\n", "c")]
    [InlineData(" a , b ,\n", " a ", " b ", "")]
    public void Are_taken_apart_as_RFC_4180_says(string row, string clean, string corrupted, string label) =>
        Assert.Equal(new PaperRow(2, clean, corrupted, label), Assert.Single(Parse(Heading + row).Rows));

    [Fact]
    public void May_have_a_byte_order_mark_and_Windows_line_ends()
    {
        PaperRows rows = Parse("\uFEFFclean,corrupted,label\r\na,b,c\r\n\"d\r\n\",e,f\r\ng,h,i\r\n");

        Assert.Equal(["a", "d\r\n", "g"], rows.Rows.Select(row => row.Clean));
        Assert.Equal([2, 3, 5], rows.Rows.Select(row => row.Line));
    }

    [Theory]
    [InlineData("", "f(1): the heading is '', but 'clean,corrupted,label' is expected, the columns in this order.")]
    [InlineData(
        "a,b,c\n",
        "f(1): the heading is 'a,b,c', but 'clean,corrupted,label' is expected, the columns in this order."
    )]
    [InlineData(
        "clean;corrupted;label\n",
        "f(1): the heading is 'clean;corrupted;label', but 'clean,corrupted,label' is expected, the columns in this order."
    )]
    [InlineData(Heading, "f(1): no row follows the heading, but at least one is expected.")]
    [InlineData(
        Heading + "a,b,c\nd,\"e\nf",
        "f(3): a quoted field begins here and does not end; its closing quote is missing."
    )]
    [InlineData(
        Heading + "a,b\"c\",d\n",
        "f(2): a quote stands within the field 'b'; quote the whole field, and write the quote twice."
    )]
    [InlineData(
        Heading + "a,\"b\"c,d\n",
        "f(2): text follows a closing quote; quote the whole field, and write a quote in it twice."
    )]
    [InlineData(
        Heading + "a,b,c\rd,e,f\r",
        "f(2): a carriage return stands without a line feed; save the file with line feeds."
    )]
    public void In_a_file_that_cannot_be_taken_apart_are_refused_with_the_line(string text, string message) =>
        Assert.Equal(message, Assert.Throws<InvalidDataException>(() => Parse(text)).Message);

    [Fact]
    public void Of_endless_fields_or_rows_are_refused_before_they_fill_the_memory()
    {
        string wide = Assert.Throws<InvalidDataException>(() => Parse(Heading + new string(',', 1 << 20))).Message;
        string tall = Assert.Throws<InvalidDataException>(() => Parse(Heading + new string('\n', 1 << 20))).Message;

        Assert.Equal("f(2): the row has more than the 100 fields that are read.", wide);
        Assert.Equal("f(100002): the file has more than the 100000 rows that are read.", tall);
    }

    [Fact]
    public void That_are_not_UTF8_are_told_with_their_line() =>
        Assert.Equal(
            "f(2): the bytes here are not UTF-8; save the file as UTF-8.",
            Assert
                .Throws<InvalidDataException>(() => PaperFile.Parse((byte[])[.. "clean\n"u8, 0xFF, .. "\n"u8], "f"))
                .Message
        );

    [Fact]
    public void Damaged_in_five_hundred_ways_are_read_or_refused_in_a_sentence_per_row()
    {
        const string Sum =
            "Calculate the result of the following arithmetic expression and provide only the final answer: ";
        string text = $"{Heading}{Sum}7 + 1 =,{Sum}7 - 1 =,8\n\"Derive the following sequence: 4, 8, 16, 32,\",";
        text += "\"Derive the following sequence: 4, 8, 87, 32,\",64\r\n";

        Hostile.Refuses<InvalidDataException>(
            Encoding.UTF8.GetBytes(text),
            seed: 27,
            bytes => PaperFile.Parse(bytes, "file").MustBeRight(),
            @"\A(file(\(\d+\))?: [^\r\n\u2028]+\.(\n|\z))+\z"
        );
    }

    private static PaperRows Parse(string text) => PaperFile.Parse(Encoding.UTF8.GetBytes(text), "f");
}
