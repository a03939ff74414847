using System.CommandLine;
using System.Text.Json;
using Nabla.Cli.Display;
using Nabla.Cli.Models;
using Nabla.Cli.Runs;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla profile</c>: where a training step's time goes, line by line of its plan.</summary>
internal static class ProfileCommand
{
    // Below this many operations a number read or written, memory is the limit, and a share of the arithmetic peak says nothing.
    private const double ArithmeticPerByte = 2;

    public static Command Create()
    {
        Command command = new("profile", "Where a training step's time goes: every line of its plan, with its speed.");
        Option<int> steps = CommonOptions.Whole("--steps", "50", 1, 1_000_000, "measured steps; the shortest time of each line counts", 50);
        Option<string> format = CommonOptions.Choice("--format", ["text", "json"], "a table, or one JSON object", "text");
        Func<ParseResult, TrainOptions> read = TrainOptions.DeclareStep(command);
        command.Options.Add(steps);
        command.Options.Add(format);
        command.SetAction((parsed, cancellation) => RunAsync(read(parsed), parsed.GetValue(steps), parsed.GetRequiredValue(format), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(TrainOptions options, int steps, string format, CancellationToken cancellation)
    {
        DataCatalog catalog = new();
        LoadedData data;
        using (DownloadBar bar = new())
        {
            DataRequest request = new(DataSource.Resolve(options.Data, catalog)) { LabelColumn = options.Label, Seed = options.Seed };
            data = await catalog.LoadAsync(request, bar, cancellation);
        }
        Dataset train = data.Pair.Train;
        ModelSettings settings = new(options.Model, options.Hidden, options.Activation, [.. train.SampleShape], [.. train.Classes]);
        RandomKey key = RandomKey.FromSeed(options.Seed);
        Module model = ModelCatalog.Create(settings, key);
        Optimizer optimizer = new(TrainOptions.Optimizers[options.Optimizer].Rule, model.Parameters, options.LearningRate);
        DataLoader loader = new(train, Math.Min(options.BatchSize, train.Count), seed: options.Seed);
        Batch batch = loader.Epoch(0, 0).First();
        Cell loss = new(Tensor.Zeros([]), isConstant: true);
        Compiled compiled = Compiled.Trace(inputs =>
        {
            Tensor value = Loss.CrossEntropy(model.Apply(inputs[0], Pass.Training(new RandomKey(inputs[2]))), inputs[1]);
            Gradients gradients = value.Backward();
            optimizer.Step(ModelCatalog.ClipNorm(options.Model) is { } limit ? gradients.ClipByNorm(limit) : gradients);
            loss.Assign(value);
            return [];
        });
        Tensor[] arguments = [batch.Inputs, batch.Targets, key.At(1).Bits];
        // The first steps compile methods and fault pages in.
        compiled.Profile(Math.Min(10, steps), arguments);
        IReadOnlyList<PlanLine> lines = compiled.Profile(steps, arguments);
        double peak = MachinePeak.Gigaflops(Threads.Count);
        if (format == "json") WriteJson(compiled, lines, peak, batch.Count);
        else WriteTable(compiled, lines, peak, batch.Count, Texts.Of(options.Language));
        return ExitCode.Done;
    }

    private static void WriteTable(Compiled compiled, IReadOnlyList<PlanLine> lines, double peak, int samples, Texts texts)
    {
        double whole = lines.Sum(line => line.Time.TotalMilliseconds);
        Console.WriteLine(texts.ProfiledStep(samples, whole, peak, compiled.ArenaBytes));
        Console.WriteLine($"{texts.Passes}: {string.Join(" → ", compiled.Passes.Select(pass => $"{pass.Pass} {pass.Lines}"))}");
        Console.WriteLine();
        Console.WriteLine($"{"ms",9} {"%",6} {"GFLOP/s",9} {texts.OfPeak,8} {"GB/s",7}  {texts.PlanLine}");
        foreach (PlanLine line in lines.OrderByDescending(line => line.Time))
        {
            double milliseconds = line.Time.TotalMilliseconds;
            bool isArithmetic = IsArithmetic(line);
            string speed = isArithmetic ? $"{Gigaflops(line):F0}" : "", share = isArithmetic ? $"{Gigaflops(line) / peak:P0}" : "";
            Console.WriteLine($"{milliseconds,9:F4} {100 * milliseconds / whole,6:F1} {speed,9} {share,8} {GigabytesPerSecond(line),7:F1}  {line.Text}");
        }
    }

    private static void WriteJson(Compiled compiled, IReadOnlyList<PlanLine> lines, double peak, int samples)
    {
        using Stream output = Console.OpenStandardOutput();
        using (Utf8JsonWriter json = new(output))
        {
            json.WriteStartObject();
            json.WriteNumber("samples", samples);
            json.WriteNumber("threads", Threads.Count);
            json.WriteNumber("milliseconds", lines.Sum(line => line.Time.TotalMilliseconds));
            json.WriteNumber("peak_gigaflops", peak);
            json.WriteNumber("arena_bytes", compiled.ArenaBytes);
            json.WriteStartArray("passes");
            foreach ((string pass, int count) in compiled.Passes)
            {
                json.WriteStartObject();
                json.WriteString("pass", pass);
                json.WriteNumber("lines", count);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartArray("lines");
            foreach (PlanLine line in lines)
            {
                json.WriteStartObject();
                json.WriteString("text", line.Text);
                json.WriteNumber("milliseconds", line.Time.TotalMilliseconds);
                json.WriteNumber("operations", line.Arithmetic);
                json.WriteNumber("bytes", line.Bytes);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        output.Write("\n"u8);
    }

    private static bool IsArithmetic(PlanLine line) => line.Arithmetic >= ArithmeticPerByte * line.Bytes;

    private static double Gigaflops(PlanLine line) => line.Time > TimeSpan.Zero ? line.Arithmetic / line.Time.TotalSeconds / 1e9 : 0;

    private static double GigabytesPerSecond(PlanLine line) => line.Time > TimeSpan.Zero ? line.Bytes / line.Time.TotalSeconds / 1e9 : 0;
}
