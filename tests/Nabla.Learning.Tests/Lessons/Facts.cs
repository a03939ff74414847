namespace Nabla.Learning.Tests.Lessons;

/// <summary>How a lesson states its numbers.</summary>
internal static class Facts
{
    /// <summary>For numbers that Float64 holds exactly: every bit counts.</summary>
    public static void Exactly(double[] expected, Tensor actual) => Assert.Equal(expected, actual.ToDoubles());

    public static void Exactly(double expected, Tensor actual) => Assert.Equal(expected, actual.Item());

    /// <summary>For numbers that binary fractions only approach, such as 1.1, or that a lecture rounds.</summary>
    public static void Near(double[] expected, Tensor actual, double tolerance = 1e-12)
    {
        double[] values = actual.ToDoubles();
        Assert.Equal(expected.Length, values.Length);
        for (int i = 0; i < values.Length; i++) Assert.Equal(expected[i], values[i], tolerance);
    }

    public static void Near(double expected, Tensor actual, double tolerance = 1e-12) => Near([expected], actual, tolerance);

    /// <summary>Evenly spread over (−range, range), the same on every run.</summary>
    public static Tensor Random(Shape shape, int seed, double range = 2)
    {
        Random random = new(seed);
        double[] values = new double[shape.Count];
        for (int i = 0; i < values.Length; i++) values[i] = range * ((2 * random.NextDouble()) - 1);
        return Tensor.From<double>(values, shape);
    }

    /// <summary>Element i, j of a matrix.</summary>
    public static double At(this Tensor matrix, int row, int column) => matrix.ToDoubles()[(row * matrix.Shape[^1]) + column];
}
