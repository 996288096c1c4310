using System.Text.RegularExpressions;
using Xunit;

namespace CircuitPipeline.Tests.Studies;

public sealed class SpecProblems
{
    [Theory]
    [InlineData(
        "model:\n  n_layers: 2",
        "model:\n  checkpoint: gpt2\n  n_layers: 2",
        "(6,3): error CP0007: unknown key 'n_layers' in 'model'. "
    )]
    [InlineData(
        "model:\n  n_layers: 2\n  d_model: 16\n  n_heads: 2\n  d_mlp: 32\n  n_ctx: 16\n  rotary_pct: 0.25\n  activation: gelu\n  layer_norm_eps: 1e-5\n  init_std: 0.02\n",
        "model:\n  checkpoint: gpt2\n",
        "'data' is given beside 'model.checkpoint', but only one of the two has a meaning; leave one out."
    )]
    [InlineData(
        "model:\n  n_layers: 2",
        "model:\n  chekpoint: gpt2\n  n_layers: 2",
        "(5,3): error CP0007: unknown key 'chekpoint' in 'model'. Did you mean 'checkpoint'?"
    )]
    public void Are_told_where_the_model_is_both_a_shape_and_a_checkpoint(string old, string now, string expected) =>
        Assert.Contains(expected, SmallYaml.Problems(SmallYaml.With(old, now)));

    [Fact]
    public void Are_told_of_a_checkpoint_where_its_key_is_misspelt_beside_others_of_a_checkpoint()
    {
        string problems = SmallYaml.Problems(
            Regex.Replace(
                SmallYaml.Text,
                "model:(.|\n)*?seeds:\n",
                "model: {chekpoint: gpt2, adapter: tuned}\nseeds:\n"
            )
        );

        Assert.Contains("unknown key 'chekpoint' in 'model'. Did you mean 'checkpoint'?", problems);
        Assert.Contains("'checkpoint' is missing in 'model'", problems);
        Assert.DoesNotContain("'n_layers' is missing", problems);
    }

    [Theory]
    [InlineData("", "'pairs' names no file for 'train', 'validation', 'circuit', 'circuit_again', 'test'")]
    [InlineData(
        "pairs: {train: {file: a}, validation: {file: a}, circuit: {file: a}, test: {file: a}}\n",
        "'pairs' names no file for 'circuit_again', but with 'model.checkpoint' no set is drawn; name a file for each."
    )]
    [InlineData(
        "pairs: {train: {file: a}, validation: {file: a}, circuit: {file: a}, circuit_again: {file: a}, test: {file: a}, mul_div: {file: a}}\n",
        "'pairs' has one of 'mul_div' and 'two_step', but a composition needs both; name both or neither."
    )]
    public void Are_told_where_a_checkpoint_lacks_pairs(string pairs, string expected)
    {
        string text = Regex.Replace(SmallYaml.Text, "model:(.|\n)*?seeds:\n", "model: {checkpoint: gpt2}\nseeds:\n");

        Assert.Contains(expected, SmallYaml.Problems(text + pairs));
        Assert.Contains(
            "'seeds.bases' is 2, but 'model.checkpoint' is one base model; write 1, and repeat with 'adapters'.",
            SmallYaml.Problems(text.Replace("bases: 1", "bases: 2"))
        );
    }

    [Theory]
    [InlineData(
        "  steps: 10",
        "  stepz: 10",
        "(33,3): error CP0007: unknown key 'stepz' in 'pretrain'. Did you mean 'steps'? Allowed: batch, betas, clip_norm, evaluate_every, final_lr_fraction, lr, schedule, steps, warmup_steps, weight_decay.\n(33,3): error CP0006: 'steps' is missing in 'pretrain'; it must be a whole number from 1 to 10000000."
    )]
    [InlineData(
        "seed: 7\n",
        "",
        "(1,1): error CP0006: 'seed' is missing in the experiment; it must be a whole number from 0 to 2147483647."
    )]
    [InlineData("seed: 7", "seed: 7\nseed: 8", "(3,1): error CP0005: key 'seed' is already given in line 2.")]
    [InlineData(
        "seed: 7",
        "seed: many",
        "(2,7): error CP0008: 'seed' is 'many', but must be a whole number from 0 to 2147483647."
    )]
    [InlineData(
        "seed: 7",
        "seed: \"7\"",
        "(2,7): error CP0008: 'seed' is '7' in quotes, but must be a whole number from 0 to 2147483647."
    )]
    [InlineData(
        "seed: 7",
        "seed: 7.5",
        "(2,7): error CP0008: 'seed' is '7.5', but must be a whole number from 0 to 2147483647."
    )]
    [InlineData(
        "seed: 7",
        "seed:",
        "(2,6): error CP0008: 'seed' is empty, but must be a whole number from 0 to 2147483647."
    )]
    [InlineData(
        "seed: 7",
        "seed: 99999999999",
        "(2,7): error CP0008: 'seed' is '99999999999', but must be a whole number from 0 to 2147483647."
    )]
    [InlineData(
        "seed: 7",
        "seed: [7]",
        "(2,7): error CP0008: 'seed' is a list, but must be a whole number from 0 to 2147483647."
    )]
    [InlineData(
        "seed: 7",
        "seed: -1",
        "(2,7): error CP0009: 'seed' is '-1', but must be a whole number from 0 to 2147483647."
    )]
    [InlineData(
        "lr: 3e-3",
        "lr: .nan",
        "(35,7): error CP0008: 'pretrain.lr' is '.nan', but must be a number from 1E-08 to 1."
    )]
    [InlineData(
        "lr: 3e-3",
        "lr: 2",
        "(35,7): error CP0009: 'pretrain.lr' is '2', but must be a number from 1E-08 to 1."
    )]
    [InlineData(
        "schedule: cosine",
        "schedule: cosin",
        "(39,13): error CP0009: 'pretrain.schedule' is 'cosin', but must be one of cosine. Did you mean 'cosine'?"
    )]
    [InlineData(
        "study: small",
        "study: Store!",
        "(1,8): error CP0009: 'study' is 'Store!', but must be 1 to 64 lower-case letters, digits, hyphens and dots between them, and not 'store'."
    )]
    [InlineData(
        "study: small",
        "study: a..b",
        "(1,8): error CP0009: 'study' is 'a..b', but must be 1 to 64 lower-case letters, digits, hyphens and dots between them, and not 'store'."
    )]
    [InlineData(
        "  critical_layers: 1",
        "  critical_layers: 1\n  critical_rank: 17\n  other_rank: 2",
        "(68,18): error CP0009: 'plan.critical_rank' is 17, but no map of a block is of a higher rank than the model's width, 16; write 16 or less."
    )]
    [InlineData(
        "  rank: 2",
        "  rank: 17",
        "(54,9): error CP0009: 'fine_tune.rank' is 17, but no map of a block is of a higher rank than the model's width, 16; write 16 or less."
    )]
    [InlineData(
        "  rank: 2",
        "  rank: 16",
        "(54,9): error CP0009: 'fine_tune.rank' is 16, which no plan can meet: As many parameters as rank '16' everywhere take rank 17 in the critical layers, but at most 16, the model's width, is possible; the largest rank everywhere that can be met is 15."
    )]
    [InlineData(
        "  checkpoints: [3, 6]",
        "  checkpoints: [3, 6]\n  accumulation: 3",
        "(57,17): error CP0009: 'fine_tune.accumulation' is 3, but the 4 prompts of a step by 'batch' are cut into parts of 2, which are only 2; write 2, or a number that divides 4."
    )]
    [InlineData(
        "  checkpoints: [3, 6]",
        "  checkpoints: [3, 6]\n  accumulation: 8",
        "(57,17): error CP0009: 'fine_tune.accumulation' is 8, but a step has 4 prompts by 'batch', and a part needs one at least; write 4 or less."
    )]
    [InlineData(
        "  critical_layers: 1",
        "  critical_layers: 1\n  critical_rank: 8",
        "(66,3): error CP0009: 'plan.other_rank' is missing, but 'critical_rank' is given; write both, or neither for a plan with the uniform adapter's parameters."
    )]
    [InlineData(
        "  critical_layers: 1",
        "  critical_layers: 1\n  critical_rank: 8\n  other_rank: 9",
        "(68,18): error CP0009: 'plan.critical_rank' is 8, but must be more than 'other_rank', which is 9: else no layer has more rank than another."
    )]
    [InlineData(
        "  critical_layers: 1",
        "  critical_layers: 1\ntraps: {padding: trained}",
        "(9,10): error CP0009: 'model.n_ctx' is 16, but rows whose padding is trained on have 32 tokens; raise it, or write 'masked' in 'traps.padding'."
    )]
    [InlineData(
        "study: small",
        "study: store",
        "(1,8): error CP0009: 'study' is 'store', but must be 1 to 64 lower-case letters, digits, hyphens and dots between them, and not 'store'."
    )]
    [InlineData(
        "[0.9, 0.98]",
        "[0.9]",
        "(36,10): error CP0009: 'pretrain.betas' is a list of 1, but must be a list of 2 values, each a number from 0 to 0.999999."
    )]
    [InlineData(
        "[0.9, 0.98]",
        "[0.9, x]",
        "(36,16): error CP0008: 'pretrain.betas[1]' is 'x', but must be a number from 0 to 0.999999."
    )]
    [InlineData(
        "[0.9, 0.98]",
        "0.9",
        "(36,10): error CP0008: 'pretrain.betas' is '0.9', but must be a list of 2 values, each a number from 0 to 0.999999."
    )]
    [InlineData(
        "d_model: 16",
        "d_model: 15",
        "(6,12): error CP0009: 'model.d_model' is 15, but must be divisible by 'n_heads', which is 2."
    )]
    [InlineData(
        "rotary_pct: 0.25",
        "rotary_pct: 0.4",
        "(10,15): error CP0009: 'model.rotary_pct' rotates 3 of a head's 8 dimensions, but dimensions rotate in pairs."
    )]
    [InlineData(
        "warmup_steps: 2",
        "warmup_steps: 10",
        "(38,17): error CP0009: 'pretrain.warmup_steps' is 10, but must be smaller than 'steps', which is 10."
    )]
    [InlineData(
        "method: eap-ig-inputs",
        "method: clean-corrupted",
        "(59,10): error CP0009: 'discover.steps' is 2, but the method 'clean-corrupted' integrates nothing; write 1."
    )]
    [InlineData(
        "quadrature: left",
        "quadrature: lft",
        "(60,15): error CP0009: 'discover.quadrature' is 'lft', but must be one of left, right, midpoint. Did you mean 'left'?"
    )]
    [InlineData(
        "method: eap-ig-inputs\n  steps: 2\n  quadrature: left\n  metric: logit-difference",
        "method: eap\n  steps: 1\n  quadrature: right\n  metric: kl-divergence",
        "(60,15): error CP0009: 'discover.quadrature' is 'right', but the method 'eap' chooses no points; write 'left'.\n(61,11): error CP0009: 'discover.metric' is 'kl-divergence', but its gradient at the clean run, where 'eap' takes it, is 0 for every edge; choose another metric or method."
    )]
    [InlineData(
        "small_limit: 24",
        "small_limit: 99",
        "(17,16): error CP0009: 'data.small_limit' is 99, but 1 to half of max_number, 50, is allowed."
    )]
    [InlineData(
        "mul_div: 1.3",
        "mul_div: -1",
        "(25,14): error CP0009: 'data.weights.mul_div' is -1, but 0 to 1,000,000 is allowed."
    )]
    [InlineData(
        "    two_step: 0.5",
        "    two_step: 0.5\n  tasks: [{task: lcm, weight: 1, share: 2}]",
        "(27,41): error CP0009: 'data.tasks[0].share' is 2, but a share above 0 and below 1 is allowed."
    )]
    public void Are_told_with_place_and_what_is_allowed(string old, string now, string problems)
    {
        string expected = string.Join('\n', problems.Split('\n').Select(problem => "experiments/small.yaml" + problem));

        Assert.Equal(expected, SmallYaml.Problems(SmallYaml.With(old, now)));
    }

    [Fact]
    public void Are_told_all_at_once_in_the_order_of_the_file()
    {
        string text = SmallYaml
            .With("seed: 7", "sead: 7")
            .Replace("n_layers: 2", "n_layers: two", StringComparison.Ordinal)
            .Replace("d_model: 16", "d_model: 0", StringComparison.Ordinal)
            .Replace(
                "final_lr_fraction: 0.05",
                "final_lr_fraction: 0.05\n  final_lr_fraction: 0",
                StringComparison.Ordinal
            );

        string[] codes =
        [
            .. SmallYaml.Problems(text).Split('\n').Select(line => line.Split(": ")[0] + line.Split(": ")[1]),
        ];

        Assert.Equal(
            [
                "experiments/small.yaml(1,1)error CP0006",
                "experiments/small.yaml(2,1)error CP0007",
                "experiments/small.yaml(5,13)error CP0008",
                "experiments/small.yaml(6,12)error CP0009",
                "experiments/small.yaml(41,3)error CP0005",
            ],
            codes
        );
    }

    [Fact]
    public void A_group_given_as_a_value_is_told_its_keys()
    {
        string text = SmallYaml.With(
            "splits:\n  train: 100\n  validation: 10\n  circuit: 10\n  test: 10\n",
            "splits: 3\n"
        );

        Assert.StartsWith(
            "experiments/small.yaml(27,9): error CP0008: 'splits' is '3', but must be a group of keys: train, validation, circuit, test.",
            SmallYaml.Problems(text),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void More_than_a_hundred_are_cut_short()
    {
        string text = SmallYaml.Text + string.Concat(Enumerable.Range(0, 150).Select(i => $"wrong_{i}: 1\n"));

        string[] lines = SmallYaml.Problems(text).Split('\n');

        Assert.Equal(101, lines.Length);
        Assert.Equal("experiments/small.yaml: and 50 more problems.", lines[^1]);
    }

    [Fact]
    public void An_unknown_key_far_from_all_others_gets_no_suggestion()
    {
        string problems = SmallYaml.Problems(SmallYaml.Text + "elephants: 3\n");

        Assert.Equal(
            "experiments/small.yaml(68,1): error CP0007: unknown key 'elephants' in the experiment. Allowed: data, discover, extends, fine_tune, matrix, methods, model, numerics, pairs, plan, pretrain, protocol, seed, seeds, splits, study, tasks, threads_per_job, traps.",
            problems
        );
    }
}
