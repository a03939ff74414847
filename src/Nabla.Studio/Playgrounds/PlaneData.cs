namespace Nabla.Playgrounds;

/// <summary>The playground's data sets; every fourth point is kept for testing. The same settings give the same points.</summary>
internal static class PlaneData
{
    public static IReadOnlyList<PlanePoint> Make(DataSettings settings)
    {
        if (settings.Kind == "points") return [.. settings.Points.Select((point, i) => point with { IsTest = i % 4 == 3 })];
        RandomKey key = RandomKey.FromSeed(settings.Seed);
        float[] spread = key.At(0).Uniform([settings.Count, 2], 0, 1).ToArray<float>();
        float[] noise = key.At(1).Normal([settings.Count, 2]).ToArray<float>();
        PlanePoint[] points = new PlanePoint[settings.Count];
        for (int i = 0; i < points.Length; i++)
        {
            (double x, double y, int label) = Place(settings.Kind, i, spread[2 * i], spread[(2 * i) + 1]);
            x += settings.Noise * noise[2 * i];
            y += settings.Noise * noise[(2 * i) + 1];
            // Classes alternate, so pairs take turns to be kept for testing.
            points[i] = new(Math.Clamp(x, -1, 1), Math.Clamp(y, -1, 1), label, IsTest: i / 2 % 4 == 3);
        }
        return points;
    }

    private static (double X, double Y, int Label) Place(string kind, int index, double first, double second)
    {
        int label = index % 2;
        switch (kind)
        {
            case "spirals":
                double turn = (first * 1.75 * 2 * Math.PI) + (label * Math.PI), far = 0.05 + (0.85 * first);
                return (far * Math.Sin(turn), far * Math.Cos(turn), label);
            case "circles":
                double radius = label == 0 ? 0.4 * Math.Sqrt(first) : 0.65 + (0.25 * first), angle = 2 * Math.PI * second;
                return (radius * Math.Cos(angle), radius * Math.Sin(angle), label);
            case "xor":
                // Quadrants of one sign of x·y belong to one class; a gap along the axes keeps them apart.
                int quadrant = index % 4;
                double a = 0.08 + (0.8 * first), b = 0.08 + (0.8 * second);
                return (quadrant is 0 or 1 ? a : -a, quadrant is 0 or 3 ? b : -b, label);
            default:
                double center = label == 0 ? -0.45 : 0.45;
                return (center + (0.35 * (first - 0.5)), center + (0.35 * (second - 0.5)), label);
        }
    }
}
