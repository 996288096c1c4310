using System.Text;
using CircuitPipeline.Circuits.Config;
using Xunit;

namespace CircuitPipeline.Tests.Circuits;

/// <summary>A <c>config.json</c> written in a test.</summary>
internal static class ConfigText
{
    public static TransformerConfig Parse(string json, params string[] ignoredKeys) =>
        HuggingFaceConfig.Parse(Encoding.UTF8.GetBytes(json), "c.json", ignoredKeys);

    /// <summary>A file with some keys and nothing else.</summary>
    public static TransformerConfig Of(string family, string keys, params string[] ignoredKeys) =>
        Parse($$"""{"model_type":"{{family}}",{{keys}}}""", ignoredKeys);

    /// <summary>The sentence with which a file is refused, without its name.</summary>
    public static string Refusal(string family, string keys)
    {
        string message = Assert.Throws<InvalidDataException>(() => Of(family, keys)).Message;
        Assert.StartsWith("c.json: ", message);
        return message["c.json: ".Length..];
    }
}
