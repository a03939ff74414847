namespace Nabla.Playgrounds;

/// <summary>What a network may be told of a point (x, y).</summary>
internal static class PlaneFeatures
{
    private static readonly Dictionary<string, Func<double, double, double>> ByName = new()
    {
        ["x"] = (x, _) => x,
        ["y"] = (_, y) => y,
        ["x²"] = (x, _) => x * x,
        ["y²"] = (_, y) => y * y,
        ["xy"] = (x, y) => x * y,
        ["sin πx"] = (x, _) => Math.Sin(Math.PI * x),
        ["sin πy"] = (_, y) => Math.Sin(Math.PI * y),
    };

    public static IReadOnlyCollection<string> Names => ByName.Keys;

    /// <summary>[points, features].</summary>
    public static Tensor Of(IReadOnlyList<PlanePoint> points, IReadOnlyList<string> features)
    {
        Func<double, double, double>[] functions = [.. features.Select(feature => ByName[feature])];
        float[] values = new float[points.Count * functions.Length];
        int next = 0;
        foreach (PlanePoint point in points)
            foreach (Func<double, double, double> function in functions) values[next++] = (float)function(point.X, point.Y);
        return Tensor.From<float>(values, [points.Count, functions.Length]).Detach();
    }
}
