using CircuitPipeline.Circuits.Adapters;
using CircuitPipeline.Models;

namespace CircuitPipeline.Training.Methods;

/// <summary>AdaLoRA's <c>adapter_config.json</c>.</summary>
internal static class AdaLoraConfig
{
    /// <summary>The file's bytes, with the mask of each map over the first rank.</summary>
    internal static byte[] Write(
        Transformer model,
        (string Name, string? Revision) baseModel,
        AdaLoraPlan plan,
        IReadOnlyList<ModelLinear> linears,
        bool[][] kept
    ) =>
        PeftConfigText.Write(
            "ADALORA",
            model.Config,
            baseModel,
            AdapterTargets.Of(model, linears),
            json =>
            {
                json.WriteNumber("init_r", plan.InitialRank);
                json.WriteNumber("target_r", Math.Max(1, plan.Schedule.Target / linears.Count));
                json.WriteNumber("tinit", plan.Schedule.Warmup);
                json.WriteNumber("tfinal", plan.Schedule.Final);
                json.WriteNumber("deltaT", plan.Options.Interval);
                json.WriteNumber("total_step", plan.Schedule.Steps);
                json.WriteNumber("beta1", plan.Options.Beta1);
                json.WriteNumber("beta2", plan.Options.Beta2);
                json.WriteNumber("orth_reg_weight", plan.Options.OrthogonalWeight);
                json.WriteNumber("lora_alpha", plan.Alpha);
                json.WriteNumber("lora_dropout", 0);
                json.WriteString("bias", "none");
                json.WriteStartObject("rank_pattern");
                foreach ((ModelLinear linear, bool[] rows) in linears.Zip(kept))
                {
                    json.WriteStartArray($"{linear.Path}.lora_E");
                    foreach (bool isKept in rows)
                    {
                        json.WriteBooleanValue(isKept);
                    }

                    json.WriteEndArray();
                }

                json.WriteEndObject();
            }
        );
}
