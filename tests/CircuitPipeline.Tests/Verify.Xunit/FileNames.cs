using System.Collections;
using VerifyTests;
using VerifyXunit;
using Xunit;

namespace CircuitPipeline.Tests.VerifyXunitPackage;

/// <summary>What the files of a call are called (Verify's docs: naming, parameterised).</summary>
public sealed class FileNames : IDisposable
{
    private readonly SnapshotFolder _folder = new();

    public static TheoryData<object, string> KeysAndValues =>
        new()
        {
            {
                new Dictionary<string, int> { ["b"] = 1, ["a"] = 2 },
                "b=1,a=2"
            },
            { new Dictionary<string, int>(), "[]" },
            {
                new object[]
                {
                    new Dictionary<string, int> { ["b"] = 1, ["a"] = 2 },
                    1,
                },
                "[b=1,a=2],1"
            },
            { new KeyValuePair<string, int[]>("a", [1, 2]), "a=1,2" },
            { new KeyValuePair<string, string?>("a", null), "a=null" },
            // What has no count is no collection.
            { new Unnamed(), "CircuitPipeline.Tests.VerifyXunitPackage.FileNames+Unnamed" },
        };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Say_class_and_method_and_lie_beside_the_test()
    {
        VerifyResult result = await Verifier.Verify("the text beside the test");

        string file = Assert.Single(result.Files);
        Assert.EndsWith(
            Path.Combine("Verify.Xunit", "FileNames.Say_class_and_method_and_lie_beside_the_test.verified.txt"),
            file
        );
    }

    [Theory]
    [InlineData(1, "a/b", "FileNames.Say_the_parameters_number=1_text=a-b.verified.txt")]
    [InlineData(-2, null, "FileNames.Say_the_parameters_number=-2_text=null.verified.txt")]
    public async Task Say_the_parameters(int number, string? text, string expected)
    {
        await Accept(Verifier.Verify("x").UseParameters(number, text));

        Assert.Equal([expected], _folder.Files);
    }

    [Theory]
    [InlineData(new[] { 1, 2 }, "1,2")]
    [InlineData(new int[0], "[]")]
    public async Task Say_the_items_of_a_parameter(int[] items, string expected)
    {
        await Accept(Verifier.Verify("x").UseParameters(items));

        Assert.Equal([$"FileNames.Say_the_items_of_a_parameter_items={expected}.verified.txt"], _folder.Files);
    }

    [Theory]
    [MemberData(nameof(KeysAndValues))]
    public async Task Say_the_keys_and_values_of_a_parameter(object value, string expected)
    {
        await Accept(Verifier.Verify("x").UseParameters(value));

        Assert.Equal(
            [$"FileNames.Say_the_keys_and_values_of_a_parameter_value={expected}.verified.txt"],
            _folder.Files
        );
    }

    [Fact]
    public async Task Say_a_text_for_parameters()
    {
        await Accept(Verifier.Verify("x").UseTextForParameters("left"));

        Assert.Equal(["FileNames.Say_a_text_for_parameters_left.verified.txt"], _folder.Files);
    }

    [Fact]
    public async Task Say_another_type_and_method()
    {
        await Accept(Verifier.Verify("x").UseTypeName("Type").UseMethodName("Method"));

        Assert.Equal(["Type.Method.verified.txt"], _folder.Files);
    }

    [Fact]
    public async Task Say_only_the_name_that_is_given()
    {
        VerifySettings settings = new();
        settings.UseDirectory(_folder.Path);
        settings.UseFileName("Name");
        await Verifier.Verify("x", settings).AutoVerify();

        Assert.Equal(["Name.verified.txt"], _folder.Files);
    }

    [Fact]
    public async Task End_in_the_extension_that_is_given()
    {
        await Accept(Verifier.Verify("a,b", "csv").UseFileName("Table"));

        Assert.Equal(["Table.verified.csv"], _folder.Files);
    }

    [Fact]
    public async Task Of_a_relative_directory_lie_below_the_test()
    {
        VerifyResult result = await Verifier.Verify("the text below the test").UseDirectory("Below");

        Assert.EndsWith(
            "Below/FileNames.Of_a_relative_directory_lie_below_the_test.verified.txt",
            Assert.Single(result.Files).Replace('\\', '/')
        );
    }

    [Fact]
    public async Task Are_used_once_unless_it_is_allowed()
    {
        await Accept(Verifier.Verify("x"));

        Exception error = await Assert.ThrowsAnyAsync<Exception>(() => Accept(Verifier.Verify("x")));
        await Accept(Verifier.Verify("x").DisableRequireUniquePrefix());

        Assert.Contains("The prefix has already been used", error.Message);
    }

    [Fact]
    public void Are_said_in_one_way_only()
    {
        Refused(call => call.UseFileName("a").UseMethodName("b"));
        Refused(call => call.UseMethodName("b").UseFileName("a"));
        Refused(call => call.UseParameters(1).UseTextForParameters("a"));
        Refused(call => call.UseFileName("a/b"));
        Refused(call => call.UseMethodName(""));
    }

    [Theory]
    [InlineData(1)]
    public async Task Have_no_more_parameters_than_the_method(int number) =>
        await Assert.ThrowsAnyAsync<Exception>(() => Accept(Verifier.Verify("x").UseParameters(number, 2)));

    private static void Refused(Func<SettingsTask, SettingsTask> settings) =>
        Assert.ThrowsAny<Exception>(() =>
        {
            _ = settings(Verifier.Verify("x"));
        });

    private Task<VerifyResult> Accept(SettingsTask call) => call.UseDirectory(_folder.Path).AutoVerify().ToTask();

    private sealed class Unnamed : IEnumerable<int>
    {
        public IEnumerator<int> GetEnumerator() => Enumerable.Range(1, 2).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    public sealed class OfANestedClass
    {
        [Fact]
        public async Task Say_the_outer_class_too()
        {
            VerifyResult result = await Verifier.Verify("the text of a nested class");

            Assert.EndsWith(
                "FileNames.OfANestedClass.Say_the_outer_class_too.verified.txt",
                Assert.Single(result.Files)
            );
        }
    }
}
