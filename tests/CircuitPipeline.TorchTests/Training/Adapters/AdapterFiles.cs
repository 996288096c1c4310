using System.Text.RegularExpressions;
using CircuitPipeline.Testing;
using CircuitPipeline.TorchTests.Models.Families;
using CircuitPipeline.Training.Adapters;
using Xunit;
using static TorchSharp.torch;
using Transformer = CircuitPipeline.Models.Transformer;

namespace CircuitPipeline.TorchTests.Training.Adapters;

/// <summary>Names and shapes of the tensors: the forms that are read, and the sentence for what does not fit.</summary>
public sealed class AdapterFiles
{
    private const string Dense = "base_model.model.gpt_neox.layers.0.attention.dense";

    [Theory]
    [InlineData("lora", "base_model.model.", "")]
    [InlineData("lora", @"(lora_[AB])\.weight", "$1.default.weight")]
    [InlineData("lora", @"(lora_[AB])\.weight", "$1.other.weight")]
    [InlineData("dora", "magnitude_vector", "magnitude_vector.weight")]
    [InlineData("dora", "magnitude_vector", "magnitude_vector.default.weight")]
    [InlineData("dora", "magnitude_vector", "magnitude_vector.default")]
    [InlineData("adalora-cut", "(lora_[ABE])$", "$1.default")]
    [InlineData("adalora-whole", "(lora_[ABE]|ranknum)$", "$1.default")]
    [InlineData("ia3", "ia3_l", "ia3_l.default")]
    [InlineData("lora-all-biases", @"\.base_layer", "")]
    public void Have_names_with_and_without_their_prefix_and_the_adapters(string method, string part, string other)
    {
        using AdapterCase one = new("neox-defaults", method);
        one.Plain.Save(one.Folder, rename: name => Regex.Replace(name, part, other));
        using Transformer model = one.Model(float64);

        one.Opened.MergeInto(model);

        Assert.InRange(one.Distance(model), 0, 1e-10);
    }

    [Theory]
    [InlineData("F32")]
    [InlineData("F16")]
    [InlineData("BF16")]
    public void Have_any_element_type(string type)
    {
        using AdapterCase exact = new("llama-grouped", "lora");
        using AdapterCase rounded = new("llama-grouped", "lora");
        foreach ((string name, PlainTensor tensor) in exact.Plain.Tensors.ToArray())
        {
            exact.Plain.Tensors[name] = tensor with
            {
                Values = [.. tensor.Values.Select(value => PlainSafetensors.Stored(value, type))],
            };
        }

        exact.Plain.Save(exact.Folder);
        rounded.Plain.Save(rounded.Folder, type);

        using Transformer one = exact.Model(float64);
        using Transformer other = rounded.Model(float64);
        exact.Opened.MergeInto(one);
        rounded.Opened.MergeInto(other);

        long[] prompt = FamilyCases.Prompts(exact.Vocab)[^1];
        Assert.Equal(AdapterCase.Logits(one, prompt), AdapterCase.Logits(other, prompt));
    }

    [Theory]
    [InlineData("lora", $"{Dense}.lora_B.weight", null, "'lora_B' of 'gpt_neox.layers.0.attention.dense' is missing")]
    [InlineData("dora", $"{Dense}.lora_magnitude_vector", null, "'lora_magnitude_vector' of")]
    [InlineData("adalora", $"{Dense}.lora_E", null, "'lora_E' of")]
    [InlineData("ia3", $"{Dense}.ia3_l", null, "'ia3_l' of")]
    [InlineData("circuit-lora", "gpt_neox.layers.1.attention.dense.lora_A_extra", null, "'lora_A' of")]
    [InlineData(
        "lora-all-biases",
        "base_model.model.gpt_neox.final_layer_norm.bias",
        null,
        "'gpt_neox.final_layer_norm.bias' is missing"
    )]
    [InlineData(
        "dora-own-biases",
        $"{Dense}.base_layer.bias",
        null,
        "'gpt_neox.layers.0.attention.dense.bias' is missing"
    )]
    [InlineData("lora", $"{Dense}.lora_A.weight", $"{Dense}.lora_C.weight", "'lora_C.weight' has no place")]
    [InlineData(
        "lora",
        $"{Dense}.lora_A.weight",
        "base_model.model.gpt_neox.layers.9.attention.dense.lora_A.weight",
        "layers.9.attention.dense.lora_A.weight' has no place in this 'gpt_neox' model with 2 layers"
    )]
    [InlineData("lora", $"{Dense}.lora_A.weight", $"{Dense}.lora_magnitude_vector", "does not belong to LoRA")]
    [InlineData(
        "lora",
        $"{Dense}.lora_A.weight",
        "base_model.model.embed_out.lora_A.weight",
        "'base_model.model.embed_out.lora_A.weight' has no place"
    )]
    [InlineData(
        "lora",
        $"{Dense}.lora_A.weight",
        "base_model.model.gpt_neox.embed_in.lora_embedding_A",
        "lora_embedding_A' has no place"
    )]
    [InlineData(
        "lora",
        $"{Dense}.lora_A.weight",
        $"{Dense}.base_layer.bias",
        "is a bias, but 'bias' in 'adapter_config.json' is 'none'"
    )]
    [InlineData(
        "dora-own-biases",
        $"{Dense}.base_layer.bias",
        "base_model.model.gpt_neox.final_layer_norm.bias",
        "is a bias that the base model does not have, or"
    )]
    [InlineData(
        "circuit-lora",
        "gpt_neox.layers.1.attention.dense.lora_A_extra",
        "gpt_neox.layers.1.attention.dense.lora_A",
        "does not belong to CircuitLoRA"
    )]
    [InlineData(
        "circuit-lora",
        "gpt_neox.layers.0.attention.dense.lora_A",
        "gpt_neox.layers.0.attention.dense.lora_A_extra",
        "does not belong to CircuitLoRA"
    )]
    public void Whose_tensors_and_modules_do_not_match_are_refused_by_name(
        string method,
        string tensor,
        string? other,
        string sentence
    )
    {
        // lora_C is what a typing error makes of a name.
        string expected = sentence.Replace("'lora_C.weight'", $"'{Dense}.lora_C.weight'", StringComparison.Ordinal);
        using AdapterCase one = new("neox-defaults", method);
        Assert.True(one.Plain.Tensors.Remove(tensor, out PlainTensor? value));
        if (other is not null)
        {
            one.Plain.Tensors.Add(other, value);
        }

        one.Plain.Save(one.Folder);

        MustRefuse(one, expected);
    }

    [Theory]
    [InlineData(
        "lora",
        $"{Dense}.lora_A.weight",
        new[] { 2, 16 },
        "has shape [2, 16], but the base model and rank 3 asks for [3, 16]"
    )]
    [InlineData(
        "lora",
        $"{Dense}.lora_B.weight",
        new[] { 3, 16 },
        "has shape [3, 16], but the base model and rank 3 asks for [16, 3]"
    )]
    [InlineData(
        "dora",
        $"{Dense}.lora_magnitude_vector",
        new[] { 1, 16 },
        "has shape [1, 16], but the base model asks for [16]"
    )]
    [InlineData("ia3", $"{Dense}.ia3_l", new[] { 1, 16 }, "has shape [1, 16], but the base model asks for [16, 1]")]
    [InlineData(
        "adalora-cut",
        $"{Dense}.lora_E",
        new[] { 3, 1 },
        "has shape [3, 1], but the base model and rank 2 asks for [2, 1]"
    )]
    public void Of_other_shapes_are_refused_by_name(string method, string tensor, int[] shape, string sentence)
    {
        using AdapterCase one = new("neox-defaults", method);
        Assert.True(one.Plain.Tensors.ContainsKey(tensor));
        one.Plain.Tensors[tensor] = new(shape, new double[shape.Aggregate(1, (product, size) => product * size)]);
        one.Plain.Save(one.Folder);

        MustRefuse(one, sentence);
    }

    [Fact]
    public void With_two_adapters_are_refused()
    {
        using AdapterCase one = new("neox-defaults", "lora");
        one.Plain.Tensors.Add($"{Dense}.lora_A.second.weight", one.Plain.Tensors[$"{Dense}.lora_A.weight"]);
        one.Plain.Save(one.Folder);

        MustRefuse(one, "are for one place, but an adapter has one value there");
    }

    [Fact]
    public void Of_another_model_name_the_base_that_they_need()
    {
        using AdapterCase one = new("llama-grouped", "lora");
        using AdapterCase other = new("neox-defaults", "lora");
        using Transformer wrong = other.Model(float64);

        InvalidDataException refusal = Assert.Throws<InvalidDataException>(() => one.Opened.MergeInto(wrong));

        Assert.EndsWith("take the adapter's own base model, which is 'somebody/base'.", refusal.Message);
        Assert.Contains(
            "model.layers.0.self_attn.q_proj.lora_A.weight' has no place in this 'gpt_neox' model",
            refusal.Message
        );
    }

    [Fact]
    public void With_numbers_that_are_none_are_refused_before_a_weight_is_changed()
    {
        using AdapterCase one = new("neox-defaults", "lora");
        one.Plain.Tensors[$"{Dense}.lora_B.weight"].Values[3] = double.NaN;
        one.Plain.Save(one.Folder);

        MustRefuse(one, "lora_B.weight' holds values that are not finite numbers");
    }

    [Fact]
    public void That_give_weights_which_are_no_numbers_are_refused()
    {
        using AdapterCase one = new("neox-defaults", "lora");
        one.Plain.Tensors[$"{Dense}.lora_B.weight"].Values[3] = 1e38;
        one.Plain.Tensors[$"{Dense}.lora_A.weight"].Values.AsSpan().Fill(1e38);
        one.Plain.Save(one.Folder, "F32");
        using Transformer model = one.Model(float32);

        InvalidDataException refusal = Assert.Throws<InvalidDataException>(() => one.Opened.MergeInto(model));

        Assert.Contains("gives weights that are not finite numbers", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void That_are_pickled_are_refused_with_the_command_that_converts_them()
    {
        using AdapterCase one = new("neox-defaults", "lora");
        File.Move(one.File(PeftFolder.WeightsFile), one.File("adapter_model.bin"));

        InvalidDataException refusal = Assert.Throws<InvalidDataException>(() => one.Opened);

        Assert.Contains("safetensors.torch.save_file", refusal.Message, StringComparison.Ordinal);
        Assert.Matches(Hostile.Sentence, refusal.Message);
    }

    [Theory]
    [InlineData("adapter_config.json", "there is no such file; an adapter's folder holds an 'adapter_config.json'.")]
    [InlineData(
        PeftFolder.WeightsFile,
        "there is no such file; an adapter's folder holds an 'adapter_model.safetensors'."
    )]
    public void That_are_missing_are_named(string file, string sentence)
    {
        using AdapterCase one = new("neox-defaults", "lora");
        File.Delete(one.File(file));

        Assert.EndsWith(sentence, Assert.Throws<InvalidDataException>(() => one.Opened).Message);
    }

    [Fact]
    public void Are_looked_at_without_their_tensors()
    {
        using AdapterCase one = new("neox-defaults", "rslora-patterns");
        PeftFolder folder = one.Opened;

        Assert.True(PeftFolder.Is(one.Folder));
        Assert.False(PeftFolder.Is(one.BaseFolder));
        Assert.Equal(("rsLoRA", "somebody/base"), (folder.Config.MethodName, folder.Config.BaseModel));
        Assert.Equal(one.Plain.Tensors.Values.Sum(tensor => tensor.Values.Length), folder.ParameterCount);
        Assert.Equal(
            one.Plain.Maps,
            folder
                .ModulesOf(CircuitPipeline.Circuits.Config.HuggingFaceConfig.Read(one.BaseFolder))
                .Select(module => module.Path)
        );
    }

    private static void MustRefuse(AdapterCase one, string sentence)
    {
        using Transformer model = one.Model(float64);
        long[] prompt = FamilyCases.Prompts(one.Vocab)[^1];
        double[] before = AdapterCase.Logits(model, prompt);

        string merged = Assert.Throws<InvalidDataException>(() => one.Opened.MergeInto(model)).Message;
        string attached = Assert.Throws<InvalidDataException>(() => one.Opened.AttachTo(model)).Message;

        Assert.Contains(sentence, merged, StringComparison.Ordinal);
        Assert.Equal(merged, attached);
        Assert.Matches(Hostile.Sentence, merged);
        Assert.Equal(before, AdapterCase.Logits(model, prompt));
    }
}
