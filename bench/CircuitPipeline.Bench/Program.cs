using CircuitPipeline.Bench;
using TorchSharp;

torch.set_num_threads(2);
Console.WriteLine($"libtorch {torch.__version__}, 2 threads, {Environment.ProcessorCount} processors");
EapIg.Run(Console.Out);
