using CircuitPipeline.Circuits.Config;
using Xunit;

namespace CircuitPipeline.Tests.Circuits;

/// <summary>The rotary keys of transformers 4 and 5.</summary>
public sealed class RotaryDialects
{
    [Theory]
    [InlineData(""" "rope_theta":500000.0 """, 500_000)]
    [InlineData(""" "rope_parameters":{"rope_type":"default","rope_theta":500000} """, 500_000)]
    [InlineData(""" "rope_theta":7,"rope_parameters":{"rope_theta":500000} """, 500_000)]
    [InlineData(""" "rope_theta":7,"rope_parameters":{"rope_type":"default"} """, 7)]
    [InlineData(""" "rope_theta":7,"rope_scaling":{"type":"default"},"rope_parameters":{"rope_theta":5} """, 7)]
    [InlineData(""" "rope_scaling":{"type":"default","rope_theta":9},"rope_parameters":{"rope_theta":5} """, 9)]
    [InlineData(""" "rope_scaling":{},"rope_parameters":{"rope_theta":5} """, 5)]
    [InlineData(""" "rope_scaling":null,"rope_parameters":null """, 10_000)]
    public void Agree_on_the_base_by_their_order_of_precedence(string keys, double expected) =>
        Assert.Equal(expected, ConfigText.Of("llama", keys).RotaryBase);

    [Theory]
    [InlineData(""" "rope_scaling":{"rope_type":"linear","factor":4.0} """)]
    [InlineData(""" "rope_scaling":{"type":"linear","factor":4} """)]
    [InlineData(""" "rope_parameters":{"rope_type":"linear","factor":4,"rope_theta":10000} """)]
    public void Agree_on_a_linear_scaling(string keys) =>
        Assert.Equal(new LinearRotaryScaling(4), ConfigText.Of("llama", keys).RotaryScaling);

    [Theory]
    [InlineData("rope_scaling", "\"original_max_position_embeddings\":8192", 8192)]
    [InlineData("rope_parameters", "\"original_max_position_embeddings\":8192", 8192)]
    [InlineData("rope_parameters", "\"rope_theta\":500000", 4096)]
    public void Agree_on_the_scaling_of_llama_3(string key, string last, int original) =>
        Assert.Equal(
            new Llama3RotaryScaling(32, 1, 4, original),
            ConfigText
                .Of(
                    "llama",
                    $$""" "max_position_embeddings":4096,"{{key}}":{"rope_type":"llama3","factor":32,"low_freq_factor":1,"high_freq_factor":4,{{last}}} """
                )
                .RotaryScaling
        );

    [Theory]
    [InlineData("yarn")]
    [InlineData("dynamic")]
    [InlineData("longrope")]
    [InlineData("su")]
    public void Refuse_what_depends_on_the_prompt_or_is_not_known(string kind) =>
        Assert.All(
            (string[])["llama", "mistral", "qwen2", "qwen3", "gemma2", "olmo2", "gpt_neox"],
            family =>
                Assert.Equal(
                    $"'rope_parameters' asks for the rotary scaling '{kind}', but only 'default', 'linear' and 'llama3' can be computed.",
                    ConfigText.Refusal(family, $$""" "rope_parameters":{"rope_type":"{{kind}}","factor":2} """)
                )
        );

    [Fact]
    public void Refuse_a_scaling_without_a_factor_and_a_key_in_it_that_is_not_known()
    {
        Assert.Equal(
            "the rotary scaling has no 'factor'.",
            ConfigText.Refusal("llama", """ "rope_scaling":{"type":"linear"} """)
        );
        Assert.StartsWith(
            "the key 'rope_scaling.wobble' is not known for the family 'llama'",
            ConfigText.Refusal("llama", """ "rope_scaling":{"type":"linear","factor":2,"wobble":1} """)
        );
    }

    // Base 500,000, heads of 128 dimensions; worked out in design notes by Hugging Face's formula.
    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(20, 0.0165604401, 0.0165604401)]
    [InlineData(28, 0.00321144599, 0.00321144599)]
    [InlineData(32, 0.00141421356, 0.000524846161)]
    [InlineData(36, 0.000622772422, 0.0000778465527)]
    [InlineData(63, 2.45514079e-6, 3.06892599e-7)]
    public void Scale_the_frequencies_of_llama_3_like_this(int pair, double plain, double scaled)
    {
        double frequency = Math.Pow(500_000, -2.0 * pair / 128);

        Assert.Equal(1, frequency / plain, 1e-8);
        Assert.Equal(1, new Llama3RotaryScaling(8, 1, 4, 8192).Of(frequency) / scaled, 1e-8);
    }
}
