namespace Nabla;

/// <summary>How one drawing leans, turns, stretches and bends: one map from the shape's plane to pixels around (0, 0).</summary>
internal readonly struct DigitPose
{
    private readonly float xx, xy, yx, yy;
    private readonly float bendX, bendY, taper, swell;

    private DigitPose(ref DigitRandom random)
    {
        float width = random.Between(6.6f, 11.5f), height = random.Between(7.4f, 10.4f);
        float slant = random.Bell(0.15f);

        // The half-angle formulas turn by exactly 2·atan(h) without a sine: h = 0.1 is 11 degrees.
        float h = random.Bell(0.055f);
        float cosine = (1 - h * h) / (1 + h * h), sine = 2 * h / (1 + h * h);
        xx = cosine * width;
        xy = -sine * height - cosine * slant * height;
        yx = sine * width;
        yy = cosine * height - sine * slant * height;

        bendX = random.Bell(0.07f);
        bendY = random.Bell(0.10f);
        taper = random.Bell(0.09f);
        swell = random.Bell(0.07f);
    }

    public static DigitPose Random(ref DigitRandom random) => new(ref random);

    public (float X, float Y) Apply((float X, float Y) point)
    {
        (float x, float y) = point;
        // A smooth warp of the plane: the back of the digit bends, one end is wider than the other, one half taller.
        float u = x * (1 + taper * y) + bendX * y * y;
        float v = y + bendY * x * x + swell * y * y;
        return (xx * u + xy * v, yx * u + yy * v);
    }
}
