using System.Globalization;
using CircuitPipeline.Models;
using CircuitPipeline.Prompts;
using CircuitPipeline.Tensors.Calls;
using CircuitPipeline.Tensors.Optimizers;
using CircuitPipeline.Training;
using TorchSharp;
using static TorchSharp.torch;
using Parameter = TorchSharp.Modules.Parameter;

namespace CircuitPipeline.Bench;

/// <summary>Steps of LoRA on a device at Pythia's shapes: beside the device's own products, in parts, and for several adapters at once.</summary>
internal static class DeviceSteps
{
    internal const string Name = "steps";
    private const int Rounds = 5;
    private const int Rank = 8;
    private const int Adapters = 8;

    /// <param name="output">Gets a few lines per shape and type.</param>
    /// <param name="place">The device, <c>cpu</c> or <c>cuda</c>.</param>
    /// <param name="sizes">Of <see cref="PythiaShapes"/>.</param>
    internal static void Run(TextWriter output, string place, IReadOnlyList<string> sizes)
    {
        foreach (string size in sizes)
        {
            foreach (ScalarType dtype in (ScalarType[])[ScalarType.BFloat16, ScalarType.Float32])
            {
                Device where = device(place);
                using Generator random = new(1);
                using Transformer model = TransformerFactory.Create(PythiaShapes.Of(size), random, where, dtype);
                string name = $"steps: {size}, {dtype} on {place}";
                double rate = Rate(where, dtype);
                foreach (int batch in (int[])[LoraStep.Batch, 8 * LoraStep.Batch])
                {
                    Alone(output, name, model, batch, rate);
                }

                Parts(output, name, model);
                Together(output, name, model);
                output.Flush();
            }
        }
    }

    private static void Alone(TextWriter output, string name, Transformer model, int batch, double rate)
    {
        using TrainingRows rows = LoraStep.Rows(model.Config, batch, model.Device);
        using LoraAdapter adapter = Adapter(model, 1);
        double seconds = SecondsOf(model, () => Train(model, adapter, rows, batch));
        double floor = (double)batch * rows.Length * LoraStep.FlopsPerToken(model.Config);
        Say(
            output,
            $"{name}: {batch} rows of {rows.Length}: {seconds * 1e3:F2} ms, {batch * rows.Length / seconds:N0} tokens/s; floor {floor / 1e9:F0} GFLOP; products run at {rate / 1e12:F1} TFLOP/s; floor / (time x rate) = {floor / (seconds * rate):F3}"
        );
    }

    // Each part until the device has done it, and in brackets until its calls have returned.
    private static void Parts(TextWriter output, string name, Transformer model)
    {
        using TrainingRows rows = LoraStep.Rows(model.Config, LoraStep.Batch, model.Device);
        using LoraAdapter adapter = Adapter(model, 1);
        foreach (Parameter parameter in model.parameters())
        {
            parameter.requires_grad_(false);
        }

        Parameter[] trained = [.. adapter.Parameters];
        using AdamW optimizer = new([new ParameterGroup(trained, 0)], (0.9, 0.999));
        (Tensor tokens, Tensor labels) = Batch(model);
        List<(double Returned, double Done)>[] times =
        [
            [],
            [],
            [],
        ];
        for (int round = 0; round < Rounds * 3; round++)
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor? loss = null;
            Tensor[] gradients = [];
            times[0].Add(Part(model, () => loss = Loss(model, tokens, labels)));
            times[1].Add(Part(model, () => gradients = GuardedCalls.Gradients(loss!, trained)));
            times[2]
                .Add(
                    Part(
                        model,
                        () =>
                        {
                            optimizer.SetGradients(gradients);
                            optimizer.Step(1e-3);
                        }
                    )
                );
        }

        string parts = string.Join(
            ", ",
            times
                .Zip(["forward", "backward", "optimizer"])
                .Select(part =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{part.Second} {Measure.Median([.. part.First.Select(time => time.Done)]) * 1e3:F2} ms ({Measure.Median([.. part.First.Select(time => time.Returned)]) * 1e3:F2})"
                    )
                )
        );
        Say(output, $"{name}: {LoraStep.Batch} rows in parts: {parts}");
        tokens.Dispose();
        labels.Dispose();
    }

    private static void Together(TextWriter output, string name, Transformer model)
    {
        using TrainingRows rows = LoraStep.Rows(model.Config, LoraStep.Batch, model.Device);
        StackedRun[] runs =
        [
            .. Enumerable
                .Range(0, Adapters)
                .Select(number =>
                {
                    using Generator random = new((ulong)number);
                    return new StackedRun(
                        LoraAdapter.Detached(model, _ => Rank, 2, random),
                        rows,
                        new SeededRandom(number)
                    );
                }),
        ];
        double seconds = SecondsOf(
            model,
            () =>
                new StackedTrainer(Options(model, LoraStep.Batch), TimeProvider.System).Train(
                    model,
                    runs,
                    (_, _) => { },
                    default
                )
        );
        foreach (StackedRun run in runs)
        {
            run.Adapter.Dispose();
        }

        Say(
            output,
            $"{name}: {Adapters} adapters in one pass: {seconds * 1e3:F2} ms, {Adapters * LoraStep.Batch * rows.Length / seconds:N0} tokens/s"
        );
    }

    private static Tensor Loss(Transformer model, Tensor tokens, Tensor labels)
    {
        long[] ids = tokens.data<long>().ToArray();
        int rows = (int)tokens.size(0);
        int[] lengths = [.. Enumerable.Repeat((int)tokens.size(1), rows)];
        TokenBatch batch = TokenBatch.Of(ids, lengths, model.Device);
        long[] places =
        [
            .. Enumerable
                .Range(0, rows)
                .SelectMany(row =>
                    Enumerable
                        .Range(lengths[row] - LoraStep.Labels, LoraStep.Labels)
                        .Select(position => batch.IndexOf(row, position))
                ),
        ];
        Tensor logits = model.LogitsAt(batch, tensor(places, device: model.Device)).to(ScalarType.Float32);
        return nn.functional.cross_entropy(logits, labels);
    }

    // Tokens stay with the processor, as those of a study's rows do.
    private static (Tensor Tokens, Tensor Labels) Batch(Transformer model)
    {
        using Generator random = new(2);
        Tensor tokens = randint(0, model.Config.DVocab, [LoraStep.Batch, LoraStep.Pos], generator: random);
        using Tensor labels = randint(0, model.Config.DVocab, [LoraStep.Batch * LoraStep.Labels], generator: random);
        return (tokens.to(ScalarType.Int64), labels.to(ScalarType.Int64).to(model.Device, copy: true));
    }

    private static (double Returned, double Done) Part(Transformer model, Action work)
    {
        double returned = 0;
        double done = Measure.Seconds(() =>
        {
            returned = Measure.Seconds(work);
            Wait(model.Device);
        });
        return (returned, done);
    }

    private static LoraAdapter Adapter(Transformer model, ulong seed)
    {
        using Generator random = new(seed);
        return LoraAdapter.Attach(model, _ => Rank, 2, random);
    }

    private static void Train(Transformer model, LoraAdapter adapter, TrainingRows rows, int batch) =>
        new Trainer(Options(model, batch), TimeProvider.System).Train(
            model,
            adapter.Parameters,
            rows,
            new SeededRandom(1),
            _ => { },
            default
        );

    private static TrainingOptions Options(Transformer model, int batch) =>
        new()
        {
            Steps = Steps(model),
            Batch = batch,
            LearningRate = 1e-4,
            Schedule = _ => 1,
        };

    // On a processor, where one takes long, only so that the code is known to run.
    private static int Steps(Transformer model) => model.Device.type == DeviceType.CPU ? 1 : 20;

    // A step's.
    private static double SecondsOf(Transformer model, Action train)
    {
        train();
        return Measure.Median([.. Enumerable.Range(0, Rounds).Select(_ => Measure.Seconds(train))]) / Steps(model);
    }

    private static double Rate(Device where, ScalarType dtype)
    {
        long size = where.type == DeviceType.CPU ? 1024 : 8192;
        using Tensor left = randn(size, size, dtype, where);
        using Tensor right = randn(size, size, dtype, where);
        void Product()
        {
            left.mm(right).Dispose();
            Wait(where);
        }

        Product();
        double seconds = Measure.Median([.. Enumerable.Range(0, 9).Select(_ => Measure.Seconds(Product))]);
        return 2.0 * size * size * size / seconds;
    }

    private static void Wait(Device where)
    {
        if (where.type == DeviceType.CUDA)
        {
            cuda.synchronize();
        }
    }

    private static void Say(TextWriter output, FormattableString line) =>
        output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
