namespace Nabla.Tests;

/// <summary>Holds results against references, in units in the last place of the result's type.</summary>
internal static class Distance
{
    /// <summary>Fails unless every element is near its reference.</summary>
    /// <param name="expected">In double.</param>
    /// <param name="actual">What the engine gave.</param>
    /// <param name="ulps">The allowed distance.</param>
    /// <param name="scaled">Whether one unit is that of the largest reference, or of 1, and not each element's own: sums, whose terms cancel.</param>
    /// <param name="what">For the message.</param>
    public static void Check(Grid expected, Tensor actual, (double Single, double Double) ulps, bool scaled, string what)
    {
        Assert.True(expected.Shape == actual.Shape, $"{what}: expected shape {expected.Shape}, got {actual.Shape}");
        double[] got = actual.ToDoubles();
        bool single = actual.DType == DType.Float32;
        double allowed = single ? ulps.Single : ulps.Double;
        double largest = scaled ? expected.Elements.Where(double.IsFinite).Select(Math.Abs).Append(1).Max() : 0;
        for (int i = 0; i < got.Length; i++)
        {
            double want = single ? (float)expected.Elements[i] : expected.Elements[i];
            // The bits decide for NaN, infinities and the two zeros.
            if (got[i].Equals(want) && (!actual.DType.IsFloating || want != 0 || double.IsNegative(want) == double.IsNegative(got[i])
                || scaled)) continue;
            double unit = Unit(Math.Max(Math.Abs(expected.Elements[i]), largest), single), error = Math.Abs(got[i] - expected.Elements[i]) / unit;
            Assert.True(actual.DType.IsFloating && error <= allowed && (want != 0 || scaled || got[i] != 0),
                $"{what}: element {i} is {got[i]:R}, expected {want:R} ({error:G3} ulps of {actual.DType}, {allowed} allowed)");
        }
    }

    /// <summary>Fails unless two lists are as long as each other and each pair is no further apart than the tolerance.</summary>
    public static void Near(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"element {i} is {actual[i]:R}, expected {expected[i]:R} within {tolerance}");
    }

    /// <summary>Fails unless two tensors are equal to the bit.</summary>
    public static void SameBits(Tensor expected, Tensor actual, string what)
    {
        Assert.True(expected.Spec == actual.Spec, $"{what}: {expected.Spec} against {actual.Spec}");
        if (expected.Bytes.SequenceEqual(actual.Bytes)) return;
        double[] left = expected.ToDoubles(), right = actual.ToDoubles();
        int place = Enumerable.Range(0, left.Length).First(i =>
            !BitConverter.DoubleToInt64Bits(left[i]).Equals(BitConverter.DoubleToInt64Bits(right[i])));
        Assert.Fail($"{what}: element {place} is {right[place]:R}, expected the bits of {left[place]:R}");
    }

    private static double Unit(double size, bool single)
    {
        if (double.IsInfinity(size)) return double.NaN;
        if (!single) return Math.BitIncrement(size) - size;
        float above = Math.Min(MathF.BitIncrement((float)size), float.MaxValue);
        return above - (double)MathF.BitDecrement(above);
    }
}
