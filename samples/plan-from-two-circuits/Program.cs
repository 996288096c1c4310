using CircuitPipeline.Circuits.Config;
using CircuitPipeline.Circuits.Diff;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Planning;

Circuit before = CircuitFile.Read("before.json");
Circuit after = CircuitFile.Read("after.json");
TransformerConfig config = HuggingFaceConfig.Read("model/config.json");

CircuitDiff diff = CircuitDiff.Between(before, after);
RankBudget budget = RankBudget.EqualTo(uniformRank: 4, criticalLayers: 1);
RankPlan plan = new RankPlanner(config).Plan(diff, LayerRule.Named("paper"), budget);

File.WriteAllBytes("adapter_config.json", PeftConfig.Write(plan, config, "model"));
Console.WriteLine(
    $"{plan.TrainableParameters} of {plan.BudgetParameters} parameters, ranks {string.Join(' ', plan.RanksByLayer(config.NLayers))}: adapter_config.json"
);
Console.WriteLine(plan.Why);
