using System.Diagnostics;

namespace Nabla;

/// <summary>Draws one digit: its shape, distorted at random, as strokes of ink on 28 × 28 pixels.</summary>
/// <remarks>
/// Only additions, products, quotients and square roots, which IEEE 754 rounds alike on every machine: the same random words give the same bytes.
/// </remarks>
internal ref struct DigitPainter
{
    public const int Side = 28;
    private const int StepsPerSpan = 5;
    private const int MostPoints = 16;

    private readonly Span<float> ink;      // [28 · 28], how much of each pixel the ink covers, in [0, 1]
    private DigitRandom random;

    private DigitPainter(Span<float> ink, DigitRandom random)
    {
        this.ink = ink;
        this.random = random;
    }

    /// <summary>Draws the digit.</summary>
    /// <param name="digit">0 to 9.</param>
    /// <param name="key">Which drawing of it.</param>
    /// <param name="pixels">[28 · 28], rows from above; 0 is paper, 255 is ink.</param>
    public static void Draw(int digit, ulong key, Span<byte> pixels)
    {
        Debug.Assert(pixels.Length == Side * Side);
        Span<float> ink = stackalloc float[Side * Side];
        ink.Clear();
        var painter = new DigitPainter(ink, new DigitRandom(key));
        painter.Write(digit);
        painter.Develop(pixels);
    }

    private void Write(int digit)
    {
        var shapes = DigitShapes.All[digit];
        DigitStroke[] strokes = shapes[random.Below(shapes.Length)];
        DigitPose pose = DigitPose.Random(ref random);
        float radius = random.Between(0.75f, 1.75f);
        float softness = random.Between(0.9f, 1.9f);
        float pressure = random.Between(-0.25f, 0.25f);

        // Jittered points of all strokes first, so that the drawing can be centred by what it really covers.
        Span<(float X, float Y)> points = stackalloc (float, float)[strokes.Length * MostPoints];
        (float left, float right, float top, float bottom) = (float.MaxValue, float.MinValue, float.MaxValue, float.MinValue);
        for (int s = 0; s < strokes.Length; s++)
        {
            Span<(float X, float Y)> own = points.Slice(s * MostPoints, strokes[s].Points.Length);
            Jitter(strokes[s], own);
            foreach (ref (float X, float Y) point in own)
            {
                point = pose.Apply(point);
                (left, right) = (Math.Min(left, point.X), Math.Max(right, point.X));
                (top, bottom) = (Math.Min(top, point.Y), Math.Max(bottom, point.Y));
            }
        }

        const float middle = (Side - 1) / 2f;
        float shiftX = middle - (left + right) / 2 + random.Bell(0.95f);
        float shiftY = middle - (top + bottom) / 2 + random.Bell(0.95f);
        for (int s = 0; s < strokes.Length; s++)
        {
            Span<(float X, float Y)> own = points.Slice(s * MostPoints, strokes[s].Points.Length);
            foreach (ref (float X, float Y) point in own)
            {
                point = (point.X + shiftX, point.Y + shiftY);
            }
            Trace(own, radius, pressure * radius, softness);
        }
        if (random.Below(6) == 0)
        {
            Fleck(softness);
        }
    }

    private void Jitter(DigitStroke stroke, scoped Span<(float X, float Y)> points)
    {
        ReadOnlySpan<(float X, float Y)> written = stroke.Points;
        for (int i = 0; i < points.Length; i++)
        {
            // A corner is one place said twice, so it moves as one.
            points[i] = i > 0 && written[i] == written[i - 1]
                ? points[i - 1]
                : (written[i].X + random.Bell(0.058f), written[i].Y + random.Bell(0.058f));
        }
        if (stroke.IsClosed)
        {
            // A hand does not quite meet its beginning.
            points[^1] = (points[0].X + random.Bell(0.04f), points[0].Y + random.Bell(0.04f));
        }
    }

    /// <summary>A Catmull-Rom curve through the points, drawn as short straight pieces whose thickness changes evenly along the stroke.</summary>
    private readonly void Trace(scoped ReadOnlySpan<(float X, float Y)> points, float radius, float growth, float softness)
    {
        int pieces = (points.Length - 1) * StepsPerSpan, piece = 0;
        (float X, float Y) from = points[0];
        for (int i = 0; i + 1 < points.Length; i++)
        {
            (float X, float Y) b = points[i], c = points[i + 1];
            (float X, float Y) a = i > 0 ? points[i - 1] : b, d = i + 2 < points.Length ? points[i + 2] : c;
            if (b == c)
            {
                piece += StepsPerSpan;
                continue;
            }
            for (int step = 1; step <= StepsPerSpan; step++, piece++)
            {
                float t = (float)step / StepsPerSpan;
                (float X, float Y) to = (Curve(a.X, b.X, c.X, d.X, t), Curve(a.Y, b.Y, c.Y, d.Y, t));
                float along = (float)piece / pieces - 0.5f;
                Line(from, to, Math.Max(radius + growth * along * 2, 0.5f), softness);
                from = to;
            }
        }
    }

    private static float Curve(float a, float b, float c, float d, float t) =>
        b + 0.5f * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));

    /// <summary>Ink around a straight piece: full within the radius, fading to none over the softness.</summary>
    private readonly void Line((float X, float Y) from, (float X, float Y) to, float radius, float softness)
    {
        float reach = radius + softness / 2, fade = 1 / softness;
        float alongX = to.X - from.X, alongY = to.Y - from.Y;
        float length2 = alongX * alongX + alongY * alongY;
        float inverse = length2 > 0 ? 1 / length2 : 0;
        int left = Math.Max((int)(Math.Min(from.X, to.X) - reach), 0), right = Math.Min((int)(Math.Max(from.X, to.X) + reach) + 1, Side - 1);
        int top = Math.Max((int)(Math.Min(from.Y, to.Y) - reach), 0), bottom = Math.Min((int)(Math.Max(from.Y, to.Y) + reach) + 1, Side - 1);
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                float offX = x - from.X, offY = y - from.Y;
                float t = Math.Clamp((offX * alongX + offY * alongY) * inverse, 0, 1);
                (offX, offY) = (offX - t * alongX, offY - t * alongY);
                float distance2 = offX * offX + offY * offY;
                if (distance2 < reach * reach)
                {
                    float covered = Math.Min((reach - MathF.Sqrt(distance2)) * fade, 1);
                    ref float pixel = ref ink[y * Side + x];
                    pixel = Math.Max(pixel, covered);
                }
            }
        }
    }

    /// <summary>A slip of the pen somewhere on the paper.</summary>
    private void Fleck(float softness)
    {
        (float X, float Y) from = (random.Between(2, Side - 3), random.Between(2, Side - 3));
        (float X, float Y) to = (from.X + random.Between(-3, 3), from.Y + random.Between(-3, 3));
        Line(from, to, random.Between(0.3f, 0.7f), softness);
    }

    private void Develop(Span<byte> pixels)
    {
        float brightness = random.Between(150, 255);
        float noise = random.Between(0, 26);
        uint word = 0;
        for (int i = 0; i < pixels.Length; i++)
        {
            if ((i & 3) == 0)
            {
                word = random.Next();
            }
            // The two halves of a random byte add up to a small triangle around 0, in (-1, 1).
            int sum = (int)(word & 15) + (int)((word >> 4) & 15) - 15;
            word >>= 8;
            pixels[i] = (byte)Math.Clamp(ink[i] * brightness + sum * noise / 15 + 0.5f, 0, 255);
        }
    }
}
