using CircuitPipeline.Pipeline.Code;
using Xunit;

namespace CircuitPipeline.Tests.Studies;

public sealed class NormalisedSource
{
    [Theory]
    [InlineData("int a;\r\nint b;\r\n", "int a;\nint b;\n")]
    [InlineData("\n\nint a;  \n\n\n  int b;\t\n\n", "int a;\nint b;\n")]
    [InlineData("int a; // why\n// more\nint b;", "int a;\nint b;\n")]
    [InlineData("/// <summary>Doc.</summary>\nint a;\n", "int a;\n")]
    [InlineData("/* one\n two */\nint a;\n", "int a;\n")]
    [InlineData("int/* x */a;\n", "int a;\n")]
    [InlineData("/* x */ int a;\n", "int a;\n")]
    [InlineData("f(/* x */ 3, 4);\n", "f(3,4);\n")]
    [InlineData("int a; /* one\n two */ int b;\n", "int a;int b;\n")]
    [InlineData("a = b + +c - -d;\n", "a=b+ +c- -d;\n")]
    [InlineData("a = b ? .5 : 1 .X;\n", "a=b? .5:1 .X;\n")]
    [InlineData("\uFEFFint a;\n", "int a;\n")]
    [InlineData("// only\n", "")]
    [InlineData("a(\"//no\"); // yes\n", "a(\"//no\");\n")]
    [InlineData("a(\"\\\"//no\"); // yes\n", "a(\"\\\"//no\");\n")]
    [InlineData("a(@\"\\\"); // yes\n", "a(@\"\\\");\n")]
    [InlineData("a(@\"x \"\"//no\n\n  \"); // yes\n", "a(@\"x \"\"//no\n\n  \");\n")]
    [InlineData("a('\"'); // yes\n", "a('\"');\n")]
    [InlineData("a('\\'', '/'); // yes\n", "a('\\'','/');\n")]
    [InlineData("a($\"{b(\"//no\")} //no\"); // yes\n", "a($\"{b(\"//no\")} //no\");\n")]
    [InlineData("a($\"{{//no\"); // yes\n", "a($\"{{//no\");\n")]
    [InlineData(
        "a(\"\"\"\n  // no\n\n  \"quoted\" \n  \"\"\"); // yes\n",
        "a(\"\"\"\n  // no\n\n  \"quoted\" \n  \"\"\");\n"
    )]
    [InlineData("a(\"\"\"\"\n  \"\"\" // no\n  \"\"\"\"); // yes\n", "a(\"\"\"\"\n  \"\"\" // no\n  \"\"\"\");\n")]
    [InlineData("a($$\"\"\"{ \"{{b}}\" // no \"\"\"); // yes\n", "a($$\"\"\"{ \"{{b}}\" // no \"\"\");\n")]
    [InlineData("a($\"\"\"{b(\"\"\"x\"\"\")} // no \"\"\"); // yes\n", "a($\"\"\"{b(\"\"\"x\"\"\")} // no \"\"\");\n")]
    [InlineData("#region it's mine\nint a; // yes\n#endregion\n", "#region it's mine\nint a;\n#endregion\n")]
    [InlineData("#if A // kept\nint a;\n#endif\n", "#if A // kept\nint a;\n#endif\n")]
    [InlineData("int a = b / c; // yes\n", "int a=b/c;\n")]
    [InlineData("a(\"open // still text\nint b; // yes\n", "a(\"open // still text\nint b;\n")]
    [InlineData("/* open\nint a;", "")]
    public void Drops_what_the_compiler_ignores_and_keeps_what_strings_say(string source, string expected) =>
        Assert.Equal(expected, SourceNormaliser.Normalise(source));

    [Fact]
    public void Normalising_twice_changes_nothing_more_and_never_fails()
    {
        foreach (
            string file in Directory.EnumerateFiles(
                Path.Combine(Testing.RepositoryRoot.Path, "src"),
                "*.cs",
                SearchOption.AllDirectories
            )
        )
        {
            string once = SourceNormaliser.Normalise(File.ReadAllText(file));

            Assert.Equal(once, SourceNormaliser.Normalise(once));
            Assert.DoesNotContain(
                "/// <summary>",
                once.Replace("(\"/// <summary>", "", StringComparison.Ordinal),
                StringComparison.Ordinal
            );
        }
    }
}
