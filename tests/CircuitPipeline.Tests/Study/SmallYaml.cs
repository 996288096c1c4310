using CircuitPipeline.Pipeline.Errors;
using CircuitPipeline.Study.Spec;
using Xunit;

namespace CircuitPipeline.Tests.Studies;

/// <summary>A complete experiment that the tests change line by line.</summary>
internal static class SmallYaml
{
    public const string Text = """
        study: small
        seed: 7
        threads_per_job: 1
        model:
          n_layers: 2
          d_model: 16
          n_heads: 2
          d_mlp: 32
          n_ctx: 16
          rotary_pct: 0.25
          activation: gelu
          layer_norm_eps: 1e-5
          init_std: 0.02
        data:
          max_number: 100
          lines: 100
          small_limit: 24
          large_share: 0.15
          weights:
            sequences: 3
            maximum: 1
            digits: 1
            add_sub_small: 3
            add_sub_large: 0.7
            mul_div: 1.3
            two_step: 0.5
        splits:
          train: 100
          validation: 10
          circuit: 10
          test: 10
        pretrain:
          steps: 10
          batch: 4
          lr: 3e-3
          betas: [0.9, 0.98]
          weight_decay: 0.01
          warmup_steps: 2
          schedule: cosine
          final_lr_fraction: 0.05
          clip_norm: 1
          evaluate_every: 5
        seeds:
          bases: 1
          adapters: 1
        fine_tune:
          steps: 6
          batch: 4
          lr: 1e-2
          full_lr: 1e-3
          weight_decay: 0.01
          warmup_steps: 1
          clip_norm: 1
          rank: 2
          alpha_over_rank: 2
          checkpoints: [3, 6]
        discover:
          method: eap-ig-inputs
          steps: 2
          quadrature: left
          metric: logit-difference
          batch: 5
          edges_percent: [10, 20]
          compare_percent: 10
        plan:
          rule: source-layer
          critical_layers: 1

        """;

    public static string With(string old, string now)
    {
        Assert.Contains(old, Text, StringComparison.Ordinal);
        return Text.Replace(old, now, StringComparison.Ordinal);
    }

    /// <summary>The problems that the reader reports, line by line.</summary>
    public static string Problems(string text) =>
        Assert.Throws<InvalidExperimentException>(() => SpecReader.ReadText(text, "experiments/small.yaml")).Message;
}
