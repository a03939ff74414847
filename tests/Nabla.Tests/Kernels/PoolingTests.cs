using System.Numerics;
using Nabla.Kernels;

namespace Nabla.Tests.Kernels;

public sealed unsafe class PoolingTests
{
    private static readonly PoolingSize[] sizes =
    [
        new(3, 28, 28, 2, 2, 2, 2, 0, 0),
        new(2, 7, 71, 2, 2, 2, 2, 0, 0),
        new(5, 9, 11, 3, 3, 2, 2, 1, 1),
        new(1, 1, 1, 1, 1, 1, 1, 0, 0),
        new(40, 33, 34, 3, 2, 1, 3, 1, 0),
        new(2, 6, 6, 6, 6, 1, 1, 0, 0),
        new(2, 5, 5, 4, 4, 3, 3, 2, 2),
        new(0, 5, 5, 2, 2, 2, 2, 0, 0),
    ];

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, sizes.Length)];

    private static List<int> Window(PoolingSize size, int row, int column)
    {
        List<int> inside = [];
        for (int i = (row * size.StrideY) - size.PaddingY; i < (row * size.StrideY) - size.PaddingY + size.KernelHeight; i++)
        {
            for (int j = (column * size.StrideX) - size.PaddingX; j < (column * size.StrideX) - size.PaddingX + size.KernelWidth; j++)
            {
                if (i >= 0 && i < size.InputHeight && j >= 0 && j < size.InputWidth)
                {
                    inside.Add((i * size.InputWidth) + j);
                }
            }
        }
        return inside;
    }

    private static void Check<T>(int index, double tolerance) where T : unmanaged, IFloatingPointIeee754<T>
    {
        PoolingSize size = sizes[index];
        int plane = size.InputHeight * size.InputWidth, outputs = size.OutputHeight * size.OutputWidth;
        Random random = new(index);
        using Native<T> x = new(size.Planes * plane), y = new(size.Planes * outputs), upstream = Native<T>.Random(size.Planes * outputs, random);
        using Native<int> indices = new(size.Planes * outputs);
        // Few different values, so that ties are common; all negative, so that padding would win if it could; and some NaN.
        foreach (ref T value in x.Span)
        {
            value = random.Next(100) == 0 ? T.NaN : T.CreateChecked(-random.Next(1, 5));
        }
        Pooling.Max(size, x.Pointer, y.Pointer);
        Pooling.MaxIndices(size, x.Pointer, indices.Pointer);
        for (int i = 0; i < size.Planes * outputs; i++)
        {
            T[] values = x.Span.Slice(i / outputs * plane, plane).ToArray();
            List<int> window = Window(size, i % outputs / size.OutputWidth, i % size.OutputWidth);
            int nan = window.FindIndex(at => T.IsNaN(values[at]));
            int wanted = nan >= 0 ? window[nan] : window.First(at => values[at] == window.Max(other => values[other]));
            Assert.Equal(wanted, indices.Span[i]);
            Assert.Equal(values[wanted], y.Span[i]);
        }
        foreach (bool countPadding in new[] { false, true })
        {
            using Native<T> downstream = new(size.Planes * plane), real = Native<T>.Random(size.Planes * plane, random);
            double[] gradient = new double[size.Planes * plane];
            Pooling.Average(size, real.Pointer, y.Pointer, countPadding);
            Pooling.AverageGradient(size, upstream.Pointer, downstream.Pointer, countPadding);
            for (int i = 0; i < size.Planes * outputs; i++)
            {
                int first = i / outputs * plane;
                List<int> window = Window(size, i % outputs / size.OutputWidth, i % size.OutputWidth);
                int divisor = countPadding ? size.KernelHeight * size.KernelWidth : window.Count;
                double sum = 0;
                foreach (int at in window)
                {
                    sum += double.CreateChecked(real.Span[first + at]);
                    gradient[first + at] += double.CreateChecked(upstream.Span[i]) / divisor;
                }
                Assert.Equal(sum / divisor, double.CreateChecked(y.Span[i]), tolerance);
            }
            for (int i = 0; i < gradient.Length; i++)
            {
                Assert.Equal(gradient[i], double.CreateChecked(downstream.Span[i]), tolerance);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void FloatEqualsTheDefinition(int index) => Check<float>(index, 1e-5);

    [Theory]
    [MemberData(nameof(Cases))]
    public void DoubleEqualsTheDefinition(int index) => Check<double>(index, 1e-13);

    [Fact]
    public void TheFirstOfTwoZerosStaysInEveryLane()
    {
        // -0 and 0 are equal, so the window's first corner is its maximum, in wide and in single lanes alike.
        using Native<float> x = new(2 * 70), y = new(35);
        for (int i = 0; i < 70; i++)
        {
            x.Span[i] = x.Span[70 + i] = i % 2 == 0 ? -0f : 0f;
        }
        Pooling.Max(new PoolingSize(1, 2, 70, 2, 2, 2, 2, 0, 0), x.Pointer, y.Pointer);
        Assert.All(y.Span.ToArray(), value => Assert.True(float.IsNegative(value)));
    }
}
