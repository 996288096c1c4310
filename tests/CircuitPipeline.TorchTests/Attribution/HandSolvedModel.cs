using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts.PromptPairs;
using TorchSharp;
using static TorchSharp.torch;

namespace CircuitPipeline.TorchTests.Attribution;

/// <summary>
/// Two parallel blocks of one head and an MLP, whose every value is +1 or -1, so that all can be followed on paper.
/// </summary>
/// <remarks>
/// The residual stream has six coordinates: content and marker (both written by the input), and one for each of a0, m0, a1,
/// m1. A coordinate of value s is the pair of numbers (s, -s), so d_model = 12, the mean is 0, and a norm divides by
/// √(coordinates in use / 6): √(2/6) in block 0, √(4/6) in block 1, 1 at the logits. Maps that read a coordinate multiply by it.
/// <code>
/// a0  attends to the position whose marker is + and copies its content
/// m0  = -content of its own position
/// a1  query a0, key of a position -m0 - marker/2, value content: attends to the larger key if a0 is +, else to the smaller
/// m1  = the majority of content, a0 and m0 of its own position
/// metric = 1 a0 + 2 m0 + 3 a1 + 5 m1 at the last position
/// </code>
/// Attention is hard: scores differ by 1,000 and more. Both positions, clean prompt "A Q" and corrupted prompt "B Q":
/// <code>
///             content  marker   a0      m0      a1      m1 (last)   metric
/// clean       + -      + -      + +     - +     + +     +           1 + 2 + 3 + 5 = 11
/// corrupted   - -      + -      - -     + +     - -     -           -1 + 2 - 3 - 5 = -7
/// </code>
/// Keys of a1: clean ½, -½; corrupted -1½, -½. What patching one edge alone does (all else follows):
/// <code>
/// input->a0.h0&lt;v>     a0 becomes - -, so a1 attends to the last position (-) and m1 becomes -: 2 (1 + 3 + 5) = 18
/// input->m0           m0 becomes + +, keys -1½, -½, so a1 attends to the last position (-):     2 · 3 = 6
/// input->a1.h0&lt;v>     the first position's content is -:                                       2 · 3 = 6
/// a0.h0->a1.h0&lt;q>     the query is -, so a1 attends to the smaller key, the last position's:   2 · 3 = 6
/// m0->a1.h0&lt;k>        keys -1½, -½ as above:                                                   2 · 3 = 6
/// a0.h0->m1           the majority of -, -, + is -:                                            2 · 5 = 10
/// a0.h0->logits       2 · 1 = 2
/// a1.h0->logits       2 · 3 = 6
/// m1->logits          2 · 5 = 10
/// all others          0: the destination does not read the source, or both prompts have the same value there
/// </code>
/// </remarks>
internal static class HandSolvedModel
{
    internal const double CleanMetric = 11;
    internal const double CorruptedMetric = -7;

    // Large enough that a softmax over scores that differ by it is 0 and 1 in float64.
    private const double Hard = 1000;
    private static readonly double[] Sigma = [Math.Sqrt(2.0 / 6), Math.Sqrt(4.0 / 6)];
    private static readonly int DModel = 2 * Enum.GetValues<Coordinate>().Length;

    internal static IReadOnlyDictionary<string, double> Effects { get; } =
        new Dictionary<string, double>
        {
            ["input->a0.h0<v>"] = 18,
            ["input->m0"] = 6,
            ["input->a1.h0<v>"] = 6,
            ["a0.h0->a1.h0<q>"] = 6,
            ["m0->a1.h0<k>"] = 6,
            ["a0.h0->m1"] = 10,
            ["a0.h0->logits"] = 2,
            ["a1.h0->logits"] = 6,
            ["m1->logits"] = 10,
        };

    /// <summary>Tokens: A = 0 (content +, marker +), B = 1 (-, +), Q = 2 (-, -); answers 0 and 1.</summary>
    internal static EncodedPairs Pairs => EncodedPairs.Of([new EncodedPair([0, 2], [1, 2], 0, 1)]);

    private static TransformerConfig Config =>
        new()
        {
            Architecture = Architecture.GptNeoX,
            NLayers = 2,
            NHeads = 1,
            DModel = DModel,
            DMlp = 2,
            DVocab = 3,
            NCtx = 2,
            ParallelBlocks = true,
            RotaryPercent = 0,
            NormEps = 1e-30,
            Activation = Activation.Relu,
        };

    internal static Transformer Create()
    {
        using Generator random = new(0);
        Transformer model = TransformerFactory.Create(Config, random).to(float64);
        using IDisposable frozen = no_grad();
        foreach (TorchSharp.Modules.Parameter? parameter in model.parameters().Where(parameter => parameter.dim() > 1))
        {
            parameter.fill_(0);
        }

        Dictionary<string, Tensor> weights = model.state_dict();
        string[] layers = ["gpt_neox.layers.0.", "gpt_neox.layers.1."];

        (int Token, Coordinate Place, int Sign)[] tokens =
        [
            (0, Coordinate.Content, 1),
            (0, Coordinate.Marker, 1),
            (1, Coordinate.Content, -1),
            (1, Coordinate.Marker, 1),
            (2, Coordinate.Content, -1),
            (2, Coordinate.Marker, -1),
        ];
        foreach ((int token, Coordinate place, int sign) in tokens)
        {
            Write(weights["gpt_neox.embed_in.weight"][token], place, sign);
        }

        // Rows of the one head: queries from 0, keys from d_head, values from 2 d_head.
        Tensor maps = weights[layers[0] + "attention.query_key_value.weight"];
        weights[layers[0] + "attention.query_key_value.bias"][0] = tensor(Hard, float64);
        Read(maps[DModel], 0, (Coordinate.Marker, Math.Sqrt(DModel)));
        Read(maps[2 * DModel], 0, (Coordinate.Content, 1));
        Write(weights[layers[0] + "attention.dense.weight"].t()[0], Coordinate.A0, 1);

        maps = weights[layers[1] + "attention.query_key_value.weight"];
        Read(maps[0], 1, (Coordinate.A0, Hard * Math.Sqrt(DModel)));
        Read(maps[DModel], 1, (Coordinate.M0, -1), (Coordinate.Marker, -0.5));
        Read(maps[2 * DModel], 1, (Coordinate.Content, 1));
        Write(weights[layers[1] + "attention.dense.weight"].t()[0], Coordinate.A1, 1);

        // -x = relu(-x) - relu(x)
        Read(weights[layers[0] + "mlp.dense_h_to_4h.weight"][0], 0, (Coordinate.Content, 1));
        Read(weights[layers[0] + "mlp.dense_h_to_4h.weight"][1], 0, (Coordinate.Content, -1));
        Write(weights[layers[0] + "mlp.dense_4h_to_h.weight"].t()[0], Coordinate.M0, -1);
        Write(weights[layers[0] + "mlp.dense_4h_to_h.weight"].t()[1], Coordinate.M0, 1);

        // A sum of three signs, cut to -1 … 1: relu(sum + 1) - relu(sum - 1) - 1
        for (int hidden = 0; hidden < 2; hidden++)
        {
            Tensor row = weights[layers[1] + "mlp.dense_h_to_4h.weight"][hidden];
            Read(row, 1, (Coordinate.Content, 1), (Coordinate.A0, 1), (Coordinate.M0, 1));
            int sign = hidden == 0 ? 1 : -1;
            weights[layers[1] + "mlp.dense_h_to_4h.bias"][hidden] = tensor((double)sign, float64);
            Write(weights[layers[1] + "mlp.dense_4h_to_h.weight"].t()[hidden], Coordinate.M1, sign);
        }

        Write(weights[layers[1] + "mlp.dense_4h_to_h.bias"], Coordinate.M1, -1);
        Tensor answer = weights["embed_out.weight"][0];
        (Coordinate, double)[] metric =
        [
            (Coordinate.A0, 1),
            (Coordinate.M0, 2),
            (Coordinate.A1, 3),
            (Coordinate.M1, 5),
        ];
        foreach ((Coordinate place, double factor) in metric)
        {
            answer[2 * (int)place] = tensor(factor, float64);
        }

        return model;
    }

    // One of the pair's two numbers is enough to read it; the norm has divided it by sigma.
    private static void Read(Tensor row, int layer, params (Coordinate Place, double Factor)[] places)
    {
        foreach ((Coordinate place, double factor) in places)
        {
            row[2 * (int)place] = tensor(factor * Sigma[layer], float64);
        }
    }

    private static void Write(Tensor column, Coordinate place, double sign)
    {
        column[2 * (int)place] = tensor(sign, float64);
        column[2 * (int)place + 1] = tensor(-sign, float64);
    }

    private enum Coordinate
    {
        Content,
        Marker,
        A0,
        M0,
        A1,
        M1,
    }
}
