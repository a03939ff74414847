namespace Nabla.Tests;

/// <summary>A convolution's window; its sums as they are defined, product by product.</summary>
internal sealed record Window(Axes Stride, Axes Padding, Axes Dilation, int Groups = 1)
{
    /// <summary>x: [batch, channels, height, width]   weight: [outputs, channels / groups, height, width].</summary>
    public static Grid Convolve(Grid x, Grid weight, Window window)
    {
        Shape result = [x.Shape[0], weight.Shape[0], window.Positions(x.Shape, weight.Shape, 0), window.Positions(x.Shape, weight.Shape, 1)];
        return window.Scatter(x.Shape, weight.Shape, result, result, (i, w, _) => x[i] * weight[w], (_, _, y) => y);
    }

    public static Grid InputGradient(Grid upstream, Grid weight, Shape images, Window window) =>
        window.Scatter(images, weight.Shape, upstream.Shape, images, (_, w, y) => upstream[y] * weight[w], (i, _, _) => i);

    public static Grid WeightGradient(Grid x, Grid upstream, Shape weights, Window window) =>
        window.Scatter(x.Shape, weights, upstream.Shape, weights, (i, _, y) => upstream[y] * x[i], (_, w, _) => w);

    private int Positions(Shape x, Shape weight, int direction) =>
        ((x[2 + direction] + (2 * Padding[direction]) - (Dilation[direction] * (weight[2 + direction] - 1)) - 1) / Stride[direction]) + 1;

    // Visits every (image place, weight place, result place) that belong together and adds the product where it belongs.
    private Grid Scatter(Shape x, Shape weight, Shape y, Shape target, Func<int[], int[], int[], double> product, Func<int[], int[], int[],
        int[]> place)
    {
        Dictionary<string, double> sums = [];
        Grid.Make(y, at =>
        {
            for (int channel = 0; channel < weight[1]; channel++)
                for (int i = 0; i < weight[2]; i++)
                    for (int j = 0; j < weight[3]; j++)
                    {
                        int row = (at[2] * Stride[0]) - Padding[0] + (i * Dilation[0]), column = (at[3] * Stride[1]) - Padding[1] + (j * Dilation[1]);
                        if (row < 0 || row >= x[2] || column < 0 || column >= x[3]) continue;
                        int group = at[1] / (y[1] / Groups);
                        int[] image = [at[0], (group * weight[1]) + channel, row, column], own = [at[1], channel, i, j];
                        string key = string.Join(",", place(image, own, at));
                        sums[key] = sums.GetValueOrDefault(key) + product(image, own, at);
                    }
            return 0;
        });
        return Grid.Make(target, at => sums.GetValueOrDefault(string.Join(",", at)));
    }
}

/// <summary>A pooling window.</summary>
internal sealed record Pool(Axes Size, Axes Stride, Axes Padding)
{
    public int Down(Shape planes) => ((planes[^2] + (2 * Padding[0]) - Size[0]) / Stride[0]) + 1;

    public int Right(Shape planes) => ((planes[^1] + (2 * Padding[1]) - Size[1]) / Stride[1]) + 1;

    /// <summary>The elements under the window at a place of the result, row by row, with where they lie in their plane.</summary>
    public IEnumerable<(double Value, int Place)> Elements(Grid x, int[] at)
    {
        for (int i = 0; i < Size[0]; i++)
        {
            for (int j = 0; j < Size[1]; j++)
            {
                int row = (at[^2] * Stride[0]) - Padding[0] + i, column = (at[^1] * Stride[1]) - Padding[1] + j;
                if (row >= 0 && row < x.Shape[^2] && column >= 0 && column < x.Shape[^1])
                    yield return (x[[.. at[..^2], row, column]], (row * x.Shape[^1]) + column);
            }
        }
    }
}
