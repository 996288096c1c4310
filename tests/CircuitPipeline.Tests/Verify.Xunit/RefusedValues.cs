using System.Collections;
using System.Collections.Specialized;
using System.ComponentModel;
using System.Runtime.Serialization;
using VerifyTests;
using VerifyXunit;
using Xunit;

namespace CircuitPipeline.Tests.VerifyXunitPackage;

/// <summary>What the original writes by rules of its own is refused by the stand-in, so that no snapshot has a text that the original would change.</summary>
public sealed class RefusedValues : IDisposable
{
    private readonly SnapshotFolder _folder = new();

    public static TheoryData<string, object> Values =>
        new()
        {
            { "bytes, which are a file", new byte[] { 1 } },
            { "a date", new DateTime(2026, 1, 2) },
            { "a pair", new KeyValuePair<string, int>("a", 1) },
            {
                "named values",
                new NameValueCollection { ["a"] = "1" }
            },
            {
                "a random order",
                new Hashtable { ["a"] = 1, ["b"] = 2 }
            },
            {
                "keys that are types",
                new Dictionary<Type, int> { [typeof(int)] = 1 }
            },
            { "a value that is spoken otherwise", new { Value = Spoken.One } },
            { "a data contract", new WithContract() },
            { "a default of its own", new WithDefault() },
            { "a converter", new WithConverter() },
            { "a type of the base library", new { Value = new Uri("http://a") } },
            { "an exception", new InvalidOperationException() },
        };

    public void Dispose() => _folder.Dispose();

    [StandInTheory]
    [MemberData(nameof(Values))]
    public async Task Are_named_in_one_sentence(string what, object value)
    {
        NotSupportedException error = await Assert.ThrowsAsync<NotSupportedException>(() =>
            _folder.Text(Verifier.Verify(value))
        );

        Assert.True(error.Message.Contains("is not written by this stand-in"), what);
    }

    [StandInTheory]
    // Octal in the original.
    [InlineData("010")]
    [InlineData("[-00]")]
    [InlineData("[NaN]")]
    [InlineData("[1,]")]
    [InlineData("{a: 1}")]
    public async Task May_be_json_that_the_original_reads_its_own_way(string json) =>
        await Assert.ThrowsAsync<FormatException>(() => _folder.Text(Verifier.VerifyJson(json)));

    private enum Spoken
    {
        [EnumMember(Value = "the one")]
        One = 1,
    }

    [DataContract]
    private sealed class WithContract
    {
        [DataMember(Name = "other")]
        public int Value => 1;
    }

    private sealed class WithDefault
    {
        [DefaultValue(5)]
        public int Value => 5;
    }

    [TypeConverter(typeof(StringConverter))]
    private sealed class WithConverter
    {
        public int Value => 5;
    }

    /// <summary>A theory that does not hold for the original, whose result lies in an assembly of another name.</summary>
    private sealed class StandInTheoryAttribute : TheoryAttribute
    {
        public StandInTheoryAttribute()
        {
            if (typeof(VerifyResult).Assembly.GetName().Name != "Verify.Xunit")
            {
                Skip = "The original refuses nothing.";
            }
        }
    }
}
