namespace Nabla.Cli.Models;

/// <summary>The networks that can be named on the command line.</summary>
internal static class ModelCatalog
{
    /// <summary>The names, in the order to show them.</summary>
    public static string[] Names { get; } = ["linear", "mlp", "cnn", "rnn"];

    /// <summary>Units of the recurrent network.</summary>
    private const int RecurrentUnits = 128;

    /// <summary>The largest norm of a step's gradients: through the 28 steps of a recurrent network they now and then explode. Null for no limit.</summary>
    public static double? ClipNorm(string model) => model == "rnn" ? 1 : null;

    /// <summary>A network with random weights.</summary>
    /// <exception cref="UsageException">The model does not fit the data.</exception>
    public static Module Create(ModelSettings settings, RandomKey key, DType dtype = DType.Float32)
    {
        int[] sample = settings.SampleShape;
        int features = sample.Aggregate(1, (product, extent) => product * extent), classes = settings.Classes.Length;
        Activation Bend() => Activation.Named(settings.Activation);
        switch (settings.Model)
        {
            case "linear":
                return new Sequential(new Flatten(), new Linear(features, classes, key.At(0), dtype: dtype));
            case "mlp":
                List<Module> layers = [new Flatten()];
                int width = features;
                for (int i = 0; i < settings.Hidden.Length; i++)
                {
                    layers.Add(new Linear(width, settings.Hidden[i], key.At(i), dtype: dtype));
                    layers.Add(Bend());
                    width = settings.Hidden[i];
                }
                layers.Add(new Linear(width, classes, key.At(settings.Hidden.Length), dtype: dtype));
                return new Sequential([.. layers]);
            case "cnn":
                (int channels, int height, int wide) = Image(settings, minimum: 4);
                return new Sequential(
                    new Conv2d(channels, 16, kernel: 3, key.At(0), padding: 1, dtype: dtype), Bend(), new MaxPool2d(2),
                    new Conv2d(16, 32, kernel: 3, key.At(1), padding: 1, dtype: dtype), Bend(), new MaxPool2d(2),
                    new Flatten(),
                    new Linear(32 * (height / 2 / 2) * (wide / 2 / 2), 128, key.At(2), dtype: dtype), Bend(),
                    new Linear(128, classes, key.At(3), dtype: dtype));
            case "rnn":
                (int depth, int rows, int columns) = Image(settings, minimum: 1);
                return new RowRecurrent(rows, depth * columns, RecurrentUnits, classes, key, dtype);
            default:
                throw new UsageException($"there is no model '{settings.Model}'; choose one of {string.Join(", ", Names)}");
        }
    }

    /// <summary>The limit of the gradients' norm in training, or null for none.</summary>
    /// <remarks>
    /// Back through 28 steps the recurrent network's gradients now and then grow so large that one update throws away what many had learned
    /// (R. Pascanu, T. Mikolov, Y. Bengio, <i>On the difficulty of training recurrent neural networks</i>, 2013).
    /// </remarks>
    public static double? ClipNorm(string model) => model == "rnn" ? 1 : null;

    private static (int Channels, int Height, int Width) Image(ModelSettings settings, int minimum)
    {
        int[] sample = settings.SampleShape;
        if (sample.Length != 3 || sample[1] < minimum || sample[2] < minimum)
        {
            string shape = $"[{string.Join(", ", sample)}]";
            throw new UsageException(
                $"the model {settings.Model} needs images of at least {minimum} x {minimum}, got samples of {shape}; use --model mlp or linear");
        }
        return (sample[0], sample[1], sample[2]);
    }
}
