using System.Text;
using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Study.Spec;
using Xunit;

namespace CircuitPipeline.Tests.Studies;

public sealed class HostileYaml
{
    [Theory]
    [InlineData("", "(1,1): error CP0002: The file is empty; an experiment needs at least 'study'.")]
    [InlineData("# only a comment\n", "(1,1): error CP0002: The file is empty; an experiment needs at least 'study'.")]
    [InlineData(
        "just words",
        "(1,1): error CP0008: the experiment is 'just words', but must be a group of keys: study, seed, threads_per_job, numerics, protocol, traps, model, data, splits, pairs, tasks, seeds, pretrain, methods, fine_tune, discover, plan."
    )]
    [InlineData(
        "study: a\n---\nstudy: b\n",
        "(2,1): error CP0004: A second document starts here, but an experiment is one."
    )]
    [InlineData(
        "study: &name a\n",
        "(1,8): error CP0004: An anchor ('&name') stands here; write the value out instead."
    )]
    [InlineData("study: *name\n", "(1,8): error CP0004: An alias ('*name') stands here; write the value out instead.")]
    [InlineData("study: !!int 3\n", "(1,8): error CP0004: A tag ('!name') stands here; write the value without it.")]
    [InlineData("[a, b]: 3\n", "(1,1): error CP0004: A key must be a single word, but this one is a list or a group.")]
    [InlineData("model:\n\tn_layers: 3\n", "(2,1): error CP0003: A tab indents this line, but YAML wants spaces.")]
    public void Is_refused_in_one_sentence(string text, string problem) =>
        Assert.Equal("experiments/small.yaml" + problem, SmallYaml.Problems(text));

    [Theory]
    [InlineData("study: a\nmodel:\n  activation: 'gelu\n  n_layers: 3\n\n  name: 'b'\n", 3, 15, 6)]
    [InlineData("study: a\nmodel:\n  activation: 'gelu\n  name: '%b'\n", 3, 15, 4)]
    [InlineData("study: a\nmodel:\n  activation: 'gelu\n  # we don't say\n", 3, 15, 4)]
    [InlineData("study: it's\nmodel: 'b' # don't\nplan: [a, 'b, c]\nother: [d, 'e']\n", 3, 11, 4)]
    [InlineData("study: \"a \\\" b\"\nmodel: 'it''s\nplan: 'c'\n", 2, 8, 3)]
    public void A_quote_that_is_not_closed_is_reported_where_it_opens(string text, int line, int column, int closed) =>
        Assert.Equal(
            $"experiments/small.yaml({line},{column}): error CP0003: This is not YAML: the quote that opens here is closed only in line {closed}; close it in its own line.",
            SmallYaml.Problems(text)
        );

    [Theory]
    [InlineData("study: a\nmodel: 'gelu\nplan: b\n", "(2,8)")]
    [InlineData("study: a\nmodel:\n  activation: \"gelu\n  n_layers: 3\n  name: \"b\"\n", "(3,15)")]
    [InlineData("study: a\nplan: [\"b, c]\nother: [d,\n  \"e\"]\n", "(2,8)")]
    [InlineData("study: 'a\n  b'\nmodel: ]\n", "(3,8)")]
    public void A_place_that_is_right_stays(string text, string place) =>
        Assert.StartsWith($"experiments/small.yaml{place}", SmallYaml.Problems(text));

    [Theory]
    [InlineData("study: 'a")]
    [InlineData("study: [a")]
    [InlineData("study: a: b: c")]
    [InlineData("%YAML 9.9\n---\nstudy: a\n")]
    [InlineData("study: @a\n")]
    [InlineData("a\0b: 3")]
    [InlineData("study: \"\\xZZ\"")]
    [InlineData("}")]
    public void Broken_syntax_is_one_located_error(string text)
    {
        string problem = SmallYaml.Problems(text);

        Assert.Matches(@"^experiments/small\.yaml\(\d+,\d+\): error CP000\d: [^\n]*\.$", problem);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{a: ", "}")]
    [InlineData("- ", "")]
    [InlineData("? ", "")]
    public void Ten_thousand_levels_of_nesting_are_refused_at_once(string open, string close)
    {
        string text =
            "study: tiny\nmodel:\n  "
            + string.Concat(Enumerable.Repeat(open, 10_000))
            + "x"
            + string.Concat(Enumerable.Repeat(close, 10_000));

        string problem = SmallYaml.Problems(text);

        Assert.Contains("error CP0004: Nesting is deeper than 32 levels here.", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bomb_of_aliases_never_unfolds()
    {
        StringBuilder bomb = new("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 40; i++)
        {
            bomb.AppendLine($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]");
        }

        Assert.Contains(
            "(1,5): error CP0004: An anchor",
            SmallYaml.Problems(bomb.ToString()),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("seed{0}: 1\n")]
    [InlineData("- - - {0}\n")]
    [InlineData("'{0}' : [ , \n")]
    [InlineData("# {0}\n\n")]
    [InlineData("k{0}: {{ a: [1, 2], b: \"c\" }}\n")]
    public void The_longest_file_of_it_comes_to_an_end(string line)
    {
        StringBuilder text = new();
        for (int i = 0; text.Length < 130_000; i++)
        {
            text.AppendFormat(System.Globalization.CultureInfo.InvariantCulture, line, i);
        }

        Assert.InRange(SmallYaml.Problems(text.ToString()).Split('\n').Length, 1, 101);
    }

    [Fact]
    public void A_huge_value_is_shortened_in_the_message()
    {
        string problem = SmallYaml.Problems(SmallYaml.With("seed: 7", "seed: " + new string('9', 100_000)));

        Assert.Equal(
            $"experiments/small.yaml(2,7): error CP0008: 'seed' is '{new string('9', 40)}…' (100000 characters), but must be a whole number from 0 to 2147483647.",
            problem
        );
    }

    [Theory]
    [InlineData(
        new byte[] { (byte)'a', (byte)'\n', 0xFF, 0xFE },
        "(2,1): error CP0002: The bytes here are not UTF-8; save the file as UTF-8."
    )]
    [InlineData(
        new byte[] { 0xFF, 0xFE, (byte)'a', 0 },
        "(1,1): error CP0002: The bytes here are not UTF-8; save the file as UTF-8."
    )]
    public void Bytes_that_are_not_UTF8_are_told_with_their_line(byte[] bytes, string problem) =>
        Assert.Equal("x.yaml" + problem, ProblemsOfFile(bytes));

    [Fact]
    public void A_file_of_many_megabytes_is_not_read() =>
        Assert.Equal(
            "x.yaml(1,1): error CP0002: The file has 2000000 bytes, but an experiment has at most 131072.",
            ProblemsOfFile(new byte[2_000_000])
        );

    [Fact]
    public void A_byte_order_mark_and_Windows_line_ends_are_welcome()
    {
        byte[] bytes =
        [
            0xEF,
            0xBB,
            0xBF,
            .. Encoding.UTF8.GetBytes(SmallYaml.Text.Replace("\n", "\r\n", StringComparison.Ordinal)),
        ];

        Assert.Equal(SpecReader.ReadText(SmallYaml.Text, "x.yaml").Data, ReadFile(bytes).Data);
    }

    private static string ProblemsOfFile(byte[] bytes) =>
        Assert.Throws<InvalidExperimentException>(() => ReadFile(bytes)).Message;

    private static ExperimentSpec ReadFile(byte[] bytes)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, bytes);
            return SpecReader.ReadFile(path, "x.yaml");
        }
        finally
        {
            File.Delete(path);
        }
    }
}
