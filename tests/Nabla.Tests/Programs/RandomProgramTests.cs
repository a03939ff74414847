namespace Nabla.Tests;

public class RandomProgramTests
{
    public static TheoryData<int> Hundreds => [0, 1, 2];

    [Theory, MemberData(nameof(Hundreds))]
    public void RandomProgramsAgreeWithLoopsAndDifferences(int hundred)
    {
        for (int seed = 100 * hundred; seed < 100 * (hundred + 1); seed++)
        {
            using Scope scope = Scope.Begin();
            RandomProgram program = RandomProgram.Draw(seed);
            Tensor[] inputs = [.. program.Inputs.Select(grid => Tensor.From<double>(grid.Elements, grid.Shape))];
            Grid expected = program.Run(program.Inputs);
            Tensor result = program.Build(inputs);
            Assert.True(expected.Shape == result.Shape, $"program {seed}: {result.Shape} instead of {expected.Shape}{program}");
            Near(expected.Elements, result.ToDoubles(), 1e-12, $"values of program {seed}{program}");
            CheckGradients(seed, program, inputs, result);
            CheckTrace(seed, program, inputs);
        }
    }

    // L = Σ upstream · y along a random direction of each input, by five points: the error is of fourth order in the step.
    private static void CheckGradients(int seed, RandomProgram program, Tensor[] inputs, Tensor result)
    {
        Random random = new(~seed);
        double[] upstream = Draw(result.Count);
        Gradients gradients = result.Backward(Tensor.From<double>(upstream, result.Shape));
        for (int k = 0; k < inputs.Length; k++)
        {
            double[] direction = Draw(inputs[k].Count);
            double analytic = gradients.TryGet(inputs[k], out Tensor? gradient) ? gradient.ToDoubles().Zip(direction, (g, v) => g * v).Sum() : 0;
            const double Step = 1e-4;
            double numeric = ((8 * (At(Step) - At(-Step))) - (At(2 * Step) - At(-2 * Step))) / (12 * Step);
            Near([numeric], [analytic], 1e-7, $"the gradient at input {k} of program {seed}{program}");

            double At(double distance)
            {
                Grid[] moved = [.. program.Inputs];
                moved[k] = moved[k] with { Elements = [.. moved[k].Elements.Zip(direction, (x, v) => x + (distance * v))] };
                return program.Run(moved).Elements.Zip(upstream, (y, u) => y * u).Sum();
            }
        }

        double[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];
    }

    private static void CheckTrace(int seed, RandomProgram program, Tensor[] inputs)
    {
        Tensor[] eager = All(inputs), traced = Compiled.Trace(All).Run(inputs);
        Assert.Equal(eager.Length, traced.Length);
        for (int i = 0; i < eager.Length; i++) Distance.SameBits(eager[i], traced[i], $"program {seed} traced, result {i}{program}");

        Tensor[] All(Tensor[] x)
        {
            Tensor y = program.Build(x);
            Gradients gradients = y.Square().Sum().Backward();
            return [y, .. x.Where(input => gradients.TryGet(input, out _)).Select(input => gradients[input])];
        }
    }

    private static void Near(double[] expected, double[] actual, double tolerance, string what)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            double size = Math.Max(1, Math.Abs(expected[i]));
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * size, $"element {i} is {actual[i]:R}, expected {expected[i]:R}: {what}");
        }
    }
}
