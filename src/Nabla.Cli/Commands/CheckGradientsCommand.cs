using System.CommandLine;
using Nabla.Cli.Display;
using Nabla.Cli.Models;

namespace Nabla.Cli.Commands;

/// <summary><c>nabla check-gradients</c>: backpropagation against central differences, layer by layer.</summary>
internal static class CheckGradientsCommand
{
    // Float64 differences of a network's loss are good to about 1e-9; a wrong gradient is off by 1e-3 and more.
    private const double Tolerance = 1e-6, Step = 1e-5;
    private const int BatchSize = 4, MostSingles = 64, Directions = 16;

    public static Command Create()
    {
        Option<string?> model = CommonOptions.Choice<string?>("--model", ModelCatalog.Names, "the network; all of them if not given", null);
        Option<string> activation = CommonOptions.Activation("tanh", "between the layers of an mlp or a cnn; smooth ones have no kinks");
        Option<ulong> seed = CommonOptions.Seed("of weights, samples and directions");
        Option<string?> language = CommonOptions.Language();
        Command command = new("check-gradients", "Hold every gradient of a network against a central difference.")
        {
            model, activation, seed, language,
        };
        command.SetAction(parsed =>
        {
            string[] names = parsed.GetValue(model) is { } name ? [name] : ModelCatalog.Names;
            Texts texts = Texts.Of(parsed.GetValue(language));
            bool right = true;
            foreach (string network in names) right &= Check(network, parsed.GetRequiredValue(activation), parsed.GetValue(seed), texts);
            return right ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static bool Check(string name, string activation, ulong seed, Texts texts)
    {
        RandomKey key = RandomKey.FromSeed(seed);
        ModelSettings settings = new(name, [16, 12], activation, SampleShape: [1, 8, 8], Classes: ["a", "b", "c", "d", "e"]);
        Module model = ModelCatalog.Create(settings, key.At(0), DType.Float64);
        Tensor x = key.At(1).Uniform([BatchSize, 1, 8, 8], -1, 1, DType.Float64).Detach(), targets = Tensor.From(0, 3, 1, 4);
        Tensor Loss() => Nabla.Loss.CrossEntropy(model.Apply(x), targets);

        Gradients gradients = Loss().Backward();
        Console.WriteLine($"{name}  (x {x.Shape}, {texts.Loss} {Loss().Item():F6})");
        Console.WriteLine($"  {TextWidth.PadRight(texts.Layer, 24)} {TextWidth.PadLeft(texts.Elements, 9)}"
            + $"  {TextWidth.PadLeft(texts.WorstError, 24)}   {texts.Verdict}");
        bool right = true;
        for (int i = 0; i < model.Parameters.Count; i++)
        {
            Parameter parameter = model.Parameters[i];
            double error = WorstError(parameter, gradients[parameter.Cell].ToDoubles(), key.At(2).At(i), Loss);
            bool isRight = error < Tolerance;
            right &= isRight;
            string verdict = isRight ? texts.Right : texts.Wrong;
            Console.WriteLine($"  {parameter.Path,-24} {parameter.Shape.Count,9:N0}  {Numbers.Magnitude(error),24}   {verdict}");
        }
        Console.WriteLine();
        return right;
    }

    /// <summary>
    /// The largest relative error over single elements of a parameter, spread over all of it, and over random directions of all its elements.
    /// </summary>
    private static double WorstError(Parameter parameter, double[] gradient, RandomKey key, Func<Tensor> loss)
    {
        double[] values = parameter.Value.ToDoubles();
        int singles = Math.Min(values.Length, MostSingles);
        double worst = 0;
        using NoGradient.Section section = NoGradient.Begin();
        for (int i = 0; i < singles; i++)
        {
            double[] direction = new double[values.Length];
            direction[(int)((long)i * values.Length / singles)] = 1;
            worst = Math.Max(worst, Error(direction));
        }
        for (int i = 0; i < Directions; i++) worst = Math.Max(worst, Error(key.At(i).Uniform([values.Length], -1, 1, DType.Float64).ToDoubles()));
        Move([], 0);
        return worst;

        double Error(double[] direction)
        {
            // A step as long as many elements together is shorter in each: the difference's own error grows with its cube.
            double step = Step / Math.Sqrt(Math.Sqrt(direction.Sum(part => part * part)));
            double numeric = (At(direction, step) - At(direction, -step)) / (2 * step);
            double analytic = 0;
            for (int i = 0; i < direction.Length; i++) analytic += direction[i] * gradient[i];
            return Math.Abs(numeric - analytic) / Math.Max(1, Math.Abs(numeric) + Math.Abs(analytic));
        }

        double At(double[] direction, double distance)
        {
            using Scope scope = Scope.Begin();
            Move(direction, distance);
            return loss().Item();
        }

        void Move(double[] direction, double distance)
        {
            double[] moved = [.. values];
            for (int i = 0; i < direction.Length; i++) moved[i] += distance * direction[i];
            parameter.Assign(Tensor.From<double>(moved, parameter.Shape));
        }
    }
}
