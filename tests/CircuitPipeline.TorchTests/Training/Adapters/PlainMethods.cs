using System.Text.Json.Nodes;
using CircuitPipeline.TorchTests.Models.Families;

namespace CircuitPipeline.TorchTests.Training.Adapters;

/// <summary>Every method and form by its formula, a few lines each; W is [out, in], A [rank, in], B [out, rank].</summary>
internal static class PlainMethods
{
    internal static IReadOnlyDictionary<string, Action<PlainAdapter>> All { get; } =
        new Dictionary<string, Action<PlainAdapter>>
        {
            // W' = W + (16 / 3) B A
            ["lora"] = adapter => Lora(adapter, _ => 3, _ => 16, (alpha, rank) => alpha / rank),
            // W' = W + (alpha / √rank) B A, where the second layer has another rank and alpha
            ["rslora-patterns"] = adapter =>
            {
                adapter.Config["use_rslora"] = true;
                adapter.Config["rank_pattern"] = new JsonObject { [@"(layers|h)\.1\..*"] = 5 };
                adapter.Config["alpha_pattern"] = new JsonObject { [@"1\.[a-z_.]*[a-z0-9_]+"] = 7.5 };
                Lora(
                    adapter,
                    map => IsOfLayer(map, 1) ? 5 : 3,
                    map => IsOfLayer(map, 1) ? 7.5 : 16,
                    (alpha, rank) => alpha / Math.Sqrt(rank)
                );
            },
            ["lora-all-biases"] = adapter =>
            {
                adapter.Config["bias"] = "all";
                Lora(adapter, _ => 3, _ => 16, (alpha, rank) => alpha / rank);
                NewBiases(adapter, adapter.Merged.Keys.Where(name => name.EndsWith(".bias", StringComparison.Ordinal)));
            },
            ["dora-own-biases"] = adapter =>
            {
                adapter.Config["bias"] = "lora_only";
                Dora(adapter);
                NewBiases(
                    adapter,
                    adapter.Maps.Select(map => $"{map}.bias").Where(name => adapter.Merged.ContainsKey(name))
                );
            },
            ["dora"] = Dora,
            ["adalora"] = adapter => AdaLora(adapter, isCut: true, hasMasks: false),
            ["adalora-cut"] = adapter => AdaLora(adapter, isCut: true, hasMasks: true),
            ["adalora-whole"] = adapter => AdaLora(adapter, isCut: false, hasMasks: true),
            ["ia3"] = Ia3,
            ["pissa-converted"] = PissaConverted,
            ["circuit-lora"] = CircuitLora,
        };

    internal static bool IsOfLayer(string map, int layer) => map.Split('.').Contains($"{layer}");

    private static void Lora(
        PlainAdapter adapter,
        Func<string, int> rank,
        Func<string, double> alpha,
        Func<double, int, double> scale
    )
    {
        (adapter.Config["peft_type"], adapter.Config["r"], adapter.Config["lora_alpha"]) = ("LORA", 3, 16);
        foreach (string map in adapter.Maps)
        {
            PlainMatrix weight = adapter.Weight(map);
            PlainMatrix a = adapter.Draw(rank(map), weight.Columns);
            PlainMatrix b = adapter.Draw(weight.Rows, rank(map), 0.2);
            adapter.Add(map, "lora_A.weight", a.Stored());
            adapter.Add(map, "lora_B.weight", b.Stored());
            adapter.SetWeight(map, weight.Plus(scale(alpha(map), rank(map)), b.Times(a)));
        }
    }

    // W'_i = m_i V_i / |V_i| with V = W + s B A
    private static void Dora(PlainAdapter adapter)
    {
        (adapter.Config["peft_type"], adapter.Config["use_dora"]) = ("LORA", true);
        Lora(adapter, _ => 3, _ => 16, (alpha, rank) => alpha / rank);
        foreach (string map in adapter.Maps)
        {
            PlainMatrix v = adapter.Weight(map);
            PlainTensor m = adapter.DrawVector(v.Rows, 1.5);
            adapter.Add(map, "lora_magnitude_vector", m);
            adapter.SetWeight(map, new(v.Rows, v.Columns, (i, j) => m.Values[i] * v[i, j] / v.Length(i)));
        }
    }

    // W' = W + B (A ∘ E) alpha / (init_r + 1e-5); of 4 rows the first layer keeps two, the first map none.
    private static void AdaLora(PlainAdapter adapter, bool isCut, bool hasMasks)
    {
        (adapter.Config["peft_type"], adapter.Config["init_r"], adapter.Config["target_r"]) = ("ADALORA", 4, 2);
        (adapter.Config["lora_alpha"], adapter.Config["r"], adapter.Config["total_step"]) = (12, 8, 100);
        JsonObject masks = [];
        foreach (string map in adapter.Maps)
        {
            bool[] kept =
                !hasMasks ? [true, true, true, true]
                : map == adapter.Maps[0] ? [false, false, false, false]
                : IsOfLayer(map, 0) ? [false, true, false, true]
                : [true, true, true, true];
            int[] rows = [.. Enumerable.Range(0, 4).Where(row => kept[row])];
            PlainMatrix weight = adapter.Weight(map);
            (PlainMatrix a, PlainMatrix b) = (adapter.Draw(4, weight.Columns), adapter.Draw(weight.Rows, 4, 0.5));
            PlainMatrix e = adapter.Draw(4, 1);
            int[] stored = isCut ? rows : [0, 1, 2, 3];
            adapter.Add(map, "lora_A", new PlainMatrix(stored.Length, a.Columns, (i, j) => a[stored[i], j]).Stored());
            adapter.Add(map, "lora_B", new PlainMatrix(b.Rows, stored.Length, (i, j) => b[i, stored[j]]).Stored());
            adapter.Add(map, "lora_E", new PlainMatrix(stored.Length, 1, (i, _) => e[stored[i], 0]).Stored());
            if (!isCut)
            {
                adapter.Add(map, "ranknum", new PlainTensor([1], [4]));
            }

            masks[$"{map}.lora_E"] = new JsonArray([.. kept.Select(isKept => (JsonNode)isKept)]);
            adapter.SetWeight(
                map,
                new(
                    weight.Rows,
                    weight.Columns,
                    (i, j) => weight[i, j] + rows.Sum(row => b[i, row] * a[row, j] * e[row, 0]) * 12 / (4 + 1e-5)
                )
            );
        }

        adapter.Config["rank_pattern"] = hasMasks ? masks : null;
    }

    // W' = diag(l) W and b' = l ∘ b, or W' = W diag(l) where the map reads the hidden layer of the MLP.
    private static void Ia3(PlainAdapter adapter)
    {
        string[] inner = ["mlp.dense_4h_to_h", "mlp.c_proj", "fc2", "down_proj"];
        adapter.Config["peft_type"] = "IA3";
        adapter.Config["target_modules"] = new JsonArray([
            .. adapter.Maps.Select(PlainAdapter.Last).Distinct().Concat(inner).Select(name => (JsonNode)name),
        ]);
        adapter.Config["feedforward_modules"] = new JsonArray([.. inner.Select(name => (JsonNode)name)]);
        foreach (string map in adapter.Maps)
        {
            PlainMatrix weight = adapter.Weight(map);
            if (inner.Any(name => map.EndsWith(name, StringComparison.Ordinal)))
            {
                PlainTensor read = adapter.DrawVector(weight.Columns, 1);
                adapter.Add(map, "ia3_l", read with { Shape = [1, weight.Columns] });
                adapter.SetWeight(map, new(weight.Rows, weight.Columns, (i, j) => weight[i, j] * read.Values[j]));
                continue;
            }

            PlainTensor written = adapter.DrawVector(weight.Rows, 1);
            adapter.Add(map, "ia3_l", written with { Shape = [weight.Rows, 1] });
            adapter.SetWeight(map, new(weight.Rows, weight.Columns, (i, j) => written.Values[i] * weight[i, j]));
            if (adapter.Merged.TryGetValue($"{map}.bias", out PlainTensor? bias))
            {
                adapter.Merged[$"{map}.bias"] = bias with
                {
                    Values = [.. bias.Values.Select((value, i) => value * written.Values[i])],
                };
            }
        }
    }

    // ΔW = s (B A - B0 A0) as one LoRA of twice the rank: A over A0, B beside -B0, alpha doubled.
    private static void PissaConverted(PlainAdapter adapter)
    {
        (adapter.Config["peft_type"], adapter.Config["init_lora_weights"]) = ("LORA", true);
        (adapter.Config["r"], adapter.Config["lora_alpha"]) = (4, 6);
        foreach (string map in adapter.Maps)
        {
            PlainMatrix weight = adapter.Weight(map);
            (PlainMatrix a, PlainMatrix start) = (adapter.Draw(2, weight.Columns), adapter.Draw(2, weight.Columns));
            (PlainMatrix b, PlainMatrix first) = (adapter.Draw(weight.Rows, 2), adapter.Draw(weight.Rows, 2));
            adapter.Add(map, "lora_A.weight", a.Above(start).Stored());
            adapter.Add(map, "lora_B.weight", b.Beside(first.Negative()).Stored());
            adapter.SetWeight(map, weight.Plus(3.0 / 2, b.Times(a)).Plus(-3.0 / 2, first.Times(start)));
        }
    }

    // W' = W + (7 / 2) B A, where critical modules have W' = W + (9 / 5) B' A' instead.
    private static void CircuitLora(PlainAdapter adapter)
    {
        adapter.Config.Clear();
        string[] critical = [.. adapter.Maps.Where(map => IsOfLayer(map, 1))];
        adapter.Config["critical_layers"] = new JsonArray([.. critical.Select(map => (JsonNode)map)]);
        (adapter.Config["r"], adapter.Config["alpha"]) = (2, 7);
        (adapter.Config["extra_r"], adapter.Config["critical_alpha"], adapter.Config["dropout"]) = (5, 9, 0.05);
        foreach (string map in adapter.Maps)
        {
            (int rank, double alpha, string end) = critical.Contains(map) ? (5, 9.0, "_extra") : (2, 7.0, "");
            PlainMatrix weight = adapter.Weight(map);
            (PlainMatrix a, PlainMatrix b) = (adapter.Draw(rank, weight.Columns), adapter.Draw(weight.Rows, rank, 0.2));
            adapter.Tensors.Add($"{map}.lora_A{end}", a.Stored());
            adapter.Tensors.Add($"{map}.lora_B{end}", b.Stored());
            adapter.SetWeight(map, weight.Plus(alpha / rank, b.Times(a)));
        }
    }

    private static void NewBiases(PlainAdapter adapter, IEnumerable<string> names)
    {
        foreach (string name in names.ToArray())
        {
            PlainTensor value = adapter.DrawVector(adapter.Merged[name].Shape[0], 0);
            string owner = name[..^".bias".Length];
            adapter.Add(adapter.Maps.Contains(owner) ? $"{owner}.base_layer" : owner, "bias", value);
            adapter.Merged[name] = value;
        }
    }
}
