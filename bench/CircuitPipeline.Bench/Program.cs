using CircuitPipeline.Bench;
using TorchSharp;

torch.set_num_threads(1);
Console.WriteLine($"libtorch {torch.__version__}, 1 thread, {Environment.ProcessorCount} processors");
OperatorCall.Run(Console.Out);
TrainingStep.Run(Console.Out);
