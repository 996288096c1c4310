using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using CircuitPipeline.Circuits.Config;

namespace CircuitPipeline.Circuits.Adapters;

/// <summary>The keys of an <c>adapter_config.json</c> by what they ask for.</summary>
/// <remarks>PEFT 0.21 (<c>config.py</c>, <c>tuners/lora/config.py</c>, <c>tuners/adalora/config.py</c>, <c>tuners/ia3/config.py</c>).</remarks>
internal static class AdapterKeys
{
    /// <summary>What would change the numbers in a way that is not built: null, false and empty are allowed.</summary>
    private static readonly ImmutableArray<(string Key, string Meaning)> NotBuilt =
    [
        ("modules_to_save", "whole modules that were trained beside the adapter"),
        ("target_parameters", "adapters of parameters that are no linear maps"),
        ("trainable_token_indices", "trained rows of the embedding"),
        ("layer_replication", "a model with repeated layers"),
        ("lora_bias", "a bias of its own in each update"),
        ("megatron_config", "Megatron's parallel layers"),
        ("loftq_config", "a base model that LoftQ changed"),
        ("alora_invocation_tokens", "an adapter that begins at certain tokens"),
        ("use_qalora", "QA-LoRA's pooled inputs"),
        ("velora_config", "VeLoRA"),
        ("monteclora_config", "MonteCLoRA"),
        ("use_bdlora", "block-diagonal matrices"),
        ("arrow_config", "Arrow's routing between adapters"),
        ("kasa_config", "KaSA"),
    ];

    private static readonly FrozenSet<string> WithoutEffect = new[]
    {
        // Names, versions, kernels.
        "auto_mapping",
        "ensure_weight_tying", // says how modules_to_save are kept
        "megatron_core",
        "peft_version",
        "qalora_group_size",
        "runtime_config",
        "task_type",
        // What PEFT sets to what the module is: a Conv1D keeps its weight turned, whatever stands here.
        "fan_in_fan_out",
        // Training, and how the matrices began.
        "corda_config",
        "eva_config",
        "inference_mode",
        "init_ia3_weights",
        "lora_dropout",
        "lora_ga_config",
        "beta1",
        "beta2",
        "deltaT",
        "orth_reg_weight",
        "target_r",
        "tfinal",
        "tinit",
        "total_step",
    }.ToFrozenSet(StringComparer.Ordinal);

    // With these the base model keeps its weights, so that the file says all.
    private static readonly FrozenSet<string> PlainStarts = new[] { "gaussian", "orthogonal", "eva" }.ToFrozenSet(
        StringComparer.Ordinal
    );

    private static readonly FrozenSet<string> Tasks = new[] { "CAUSAL_LM", "FEATURE_EXTRACTION" }.ToFrozenSet(
        StringComparer.Ordinal
    );

    /// <summary>Refuses keys and values that ask for something which is not built.</summary>
    public static void RefuseNotBuilt(ConfigFields fields, ImmutableArray<string> known)
    {
        foreach ((string key, string meaning) in NotBuilt)
        {
            if (fields.Value(key) is { } value && AsksForSomething(value))
            {
                throw fields.Error(
                    $"'{key}' asks for {meaning}, but an adapter can only change the linear maps inside blocks and their model's biases here; merge it with PEFT's 'merge_and_unload', and name the folder of the merged model."
                );
            }
        }

        if (fields.Text("task_type") is { } task && !Tasks.Contains(task))
        {
            throw fields.Error(
                $"'task_type' is '{MessageText.OneLine(task)}', but only models that predict the next token are built: '{string.Join("' and '", Tasks.Order(StringComparer.Ordinal))}' are allowed."
            );
        }

        RefuseChangedBase(fields);
        string[] unknown =
        [
            .. fields
                .Unasked()
                .Where(key => !WithoutEffect.Contains(key) && !known.Contains(key))
                .Where(key => fields.Value(key) is { } value && AsksForSomething(value)),
        ];
        if (unknown.Length > 0)
        {
            throw fields.Error(
                $"the key '{MessageText.OneLine(unknown[0])}'{(unknown.Length == 1 ? " is" : $" and {unknown.Length - 1} more are")} not known and may change what the adapter computes; "
                    + "remove what does not, or merge the adapter with PEFT's 'merge_and_unload', and name the folder of the merged model."
            );
        }
    }

    // PiSSA and its like take the start of the adapter out of the base model's weights, which only PEFT can do again.
    private static void RefuseChangedBase(ConfigFields fields)
    {
        if (
            fields.Value("init_lora_weights") is not { } start
            || start.ValueKind is JsonValueKind.True or JsonValueKind.False
        )
        {
            return;
        }

        string found = MessageText.OneLine(start.ToString());
        if (start.ValueKind != JsonValueKind.String || !PlainStarts.Contains(start.GetString()!))
        {
            throw fields.Error(
                $"'init_lora_weights' is '{found}', which changes the weights of the base model too, but only adapters of unchanged ones are read; "
                    + "save it with PEFT's 'path_initial_model_for_weight_conversion', which makes a LoRA of it, or merge it with 'merge_and_unload', and name the folder of the merged model."
            );
        }
    }

    private static bool AsksForSomething(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.False => false,
            JsonValueKind.Object => value.EnumerateObject().Any(),
            JsonValueKind.Array => value.GetArrayLength() > 0,
            _ => true,
        };
}
