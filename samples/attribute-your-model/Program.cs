using CircuitPipeline.Attribution;
using CircuitPipeline.Attribution.Evaluation;
using CircuitPipeline.Attribution.Methods;
using CircuitPipeline.Circuits.Files;
using CircuitPipeline.Circuits.Scores;
using CircuitPipeline.Circuits.Selection;
using CircuitPipeline.Models;
using CircuitPipeline.Models.Checkpoints;
using CircuitPipeline.Prompts.Files;
using CircuitPipeline.Prompts.PromptPairs;
using TorchSharp;

if (args is not [string folder, string file])
{
    Console.Error.WriteLine("Say the model's folder and the file of pairs: dotnet run -- MODEL pairs.jsonl");
    return 2;
}

using Transformer model = Checkpoint.Load(folder, torch.float32, torch.CPU);
EncodedPairs pairs = PairsFile.Read(file, vocabulary: null);

IEdgeAttribution attribution = new EapIgInputs(5, Quadrature.Left, batch: 8, TimeProvider.System);
EdgeScores scores = attribution.Attribute(model, pairs, Metrics.LogitDifference);

Circuit circuit = new TopN(scores.Graph.EdgeCount / 2).Select(scores).Prune();
Faithfulness faithfulness = new CircuitEvaluator(batch: 8, TimeProvider.System)
    .Evaluate(model, circuit, pairs, Metrics.LogitDifference)
    .Faithfulness;

File.WriteAllBytes("circuit.json", CircuitFile.Write(circuit));
Console.WriteLine(
    $"{circuit.EdgeCount} of {scores.Graph.EdgeCount} edges, faithfulness {faithfulness.Value:F2}: circuit.json"
);
return 0;
