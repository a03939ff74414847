using System.Collections.Immutable;

namespace Nabla;

/// <summary>
/// How each digit is written: a shape is a list of strokes, and a stroke a list of points that the pen passes in order. x runs to the right from
/// about -0.6 to 0.6 and y downward from -1 to 1. A point said twice is a corner; a stroke that ends where it began is closed.
/// </summary>
internal static class DigitShapes
{
    /// <summary>[10][shapes]: the ways to write each digit.</summary>
    public static ImmutableArray<ImmutableArray<DigitStroke[]>> All { get; } =
    [
        // 0: from the top to the left and round; and a leaner one that starts at the right shoulder.
        [
            [Stroke(0.05f, -1, -0.42f, -0.65f, -0.56f, 0.05f, -0.38f, 0.72f, 0.02f, 1, 0.42f, 0.68f, 0.56f, 0, 0.42f, -0.68f, 0.05f, -1)],
            [Stroke(0.3f, -0.86f, -0.1f, -0.98f, -0.4f, -0.5f, -0.44f, 0.2f, -0.28f, 0.8f, 0.06f, 0.98f, 0.36f, 0.6f, 0.44f, -0.1f,
                0.34f, -0.7f, 0.1f, -0.96f)],
        ],
        // 1: a bar; a bar with a flag; a flag and a foot.
        [
            [Stroke(0, -1, 0, 0, 0, 1)],
            [Stroke(-0.36f, -0.55f, -0.12f, -0.75f, 0.08f, -1, 0.08f, -1, 0.08f, 0, 0.08f, 1)],
            [Stroke(-0.34f, -0.6f, 0.02f, -1, 0.02f, -1, 0.02f, 0, 0.02f, 0.96f), Stroke(-0.4f, 0.97f, 0.02f, 0.96f, 0.44f, 0.97f)],
        ],
        // 2: with a corner below; with a loop below; with a flat, short foot.
        [
            [Stroke(-0.5f, -0.55f, -0.28f, -0.92f, 0.18f, -0.98f, 0.48f, -0.6f, 0.3f, -0.08f, -0.14f, 0.5f, -0.55f, 0.95f, -0.55f, 0.95f,
                0, 0.95f, 0.56f, 0.92f)],
            [Stroke(-0.46f, -0.62f, -0.18f, -0.96f, 0.24f, -0.94f, 0.46f, -0.5f, 0.22f, 0.08f, -0.22f, 0.68f, -0.5f, 0.84f, -0.46f, 0.56f,
                -0.12f, 0.62f, 0.2f, 0.9f, 0.58f, 0.8f)],
            [Stroke(-0.44f, -0.8f, -0.05f, -1, 0.38f, -0.78f, 0.36f, -0.3f, -0.06f, 0.3f, -0.5f, 0.96f, -0.5f, 0.96f, 0.5f, 0.96f)],
        ],
        // 3: two bows; and a flat top.
        [
            [Stroke(-0.46f, -0.74f, -0.12f, -1, 0.32f, -0.88f, 0.4f, -0.48f, 0.16f, -0.14f, -0.12f, -0.06f, -0.12f, -0.06f, 0.26f, 0.04f,
                0.5f, 0.42f, 0.3f, 0.86f, -0.1f, 1, -0.5f, 0.74f)],
            [Stroke(-0.46f, -0.95f, 0.42f, -0.95f, 0.42f, -0.95f, -0.04f, -0.26f, -0.04f, -0.26f, 0.34f, -0.08f, 0.5f, 0.36f, 0.28f, 0.86f,
                -0.14f, 1, -0.5f, 0.78f)],
        ],
        // 4: open above; closed above.
        [
            [Stroke(-0.26f, -0.95f, -0.42f, -0.4f, -0.54f, 0.2f, -0.54f, 0.2f, 0, 0.2f, 0.56f, 0.14f), Stroke(0.28f, -0.85f, 0.24f, 0.1f, 0.2f, 1)],
            [Stroke(0.26f, -1, -0.16f, -0.36f, -0.6f, 0.34f, -0.6f, 0.34f, 0, 0.34f, 0.6f, 0.34f), Stroke(0.26f, -1, 0.26f, 0, 0.26f, 1)],
            [Stroke(-0.4f, -0.9f, -0.46f, -0.3f, -0.3f, -0.02f, 0.1f, -0.02f, 0.36f, -0.2f), Stroke(0.4f, -0.95f, 0.36f, 0, 0.3f, 1)],
        ],
        // 5: the roof last; and in one go from the roof.
        [
            [Stroke(-0.34f, -0.95f, -0.42f, -0.12f, -0.42f, -0.12f, -0.02f, -0.28f, 0.42f, 0.04f, 0.44f, 0.58f, 0.06f, 0.98f, -0.5f, 0.8f),
                Stroke(-0.34f, -0.95f, 0.1f, -0.95f, 0.5f, -0.98f)],
            [Stroke(0.5f, -0.92f, -0.26f, -0.94f, -0.26f, -0.94f, -0.4f, -0.22f, -0.4f, -0.22f, 0.1f, -0.26f, 0.46f, 0.14f, 0.36f, 0.7f,
                -0.04f, 0.98f, -0.48f, 0.86f)],
        ],
        // 6: a bow; and a straighter back.
        [
            [Stroke(0.36f, -0.94f, -0.12f, -0.62f, -0.46f, 0.06f, -0.4f, 0.72f, 0, 1, 0.4f, 0.74f, 0.42f, 0.28f, 0.08f, 0.04f, -0.28f, 0.22f,
                -0.44f, 0.56f)],
            [Stroke(0.1f, -1, -0.2f, -0.4f, -0.42f, 0.3f, -0.34f, 0.84f, 0.04f, 1, 0.38f, 0.74f, 0.34f, 0.36f, 0.02f, 0.24f, -0.32f, 0.5f)],
        ],
        // 7: plain; with a bar; with a hook at the left.
        [
            [Stroke(-0.52f, -0.92f, 0.52f, -0.92f, 0.52f, -0.92f, 0.16f, 0, -0.14f, 1)],
            [Stroke(-0.5f, -0.92f, 0.5f, -0.94f, 0.5f, -0.94f, 0.1f, 0.05f, -0.16f, 1), Stroke(-0.26f, 0.06f, 0.44f, 0.02f)],
            [Stroke(-0.5f, -0.58f, -0.48f, -0.92f, -0.48f, -0.92f, 0, -0.88f, 0.52f, -0.94f, 0.52f, -0.94f, 0.24f, -0.2f, 0.06f, 1)],
        ],
        // 8: one stroke through the crossing; and two rings.
        [
            [Stroke(0.34f, -0.78f, 0, -1, -0.36f, -0.74f, -0.24f, -0.3f, 0.12f, 0, 0.42f, 0.4f, 0.3f, 0.86f, 0, 1, -0.34f, 0.84f, -0.42f, 0.4f,
                -0.12f, 0, 0.26f, -0.3f, 0.34f, -0.78f)],
            [Stroke(0, -0.06f, -0.34f, -0.28f, -0.32f, -0.78f, 0.02f, -1, 0.34f, -0.76f, 0.3f, -0.26f, 0, -0.06f),
                Stroke(0, -0.06f, -0.42f, 0.26f, -0.38f, 0.78f, 0.02f, 1, 0.42f, 0.76f, 0.4f, 0.24f, 0, -0.06f)],
        ],
        // 9: a straight tail; a tail that hooks to the left.
        [
            [Stroke(0.4f, -0.6f, 0.12f, -0.98f, -0.28f, -0.88f, -0.46f, -0.5f, -0.26f, -0.12f, 0.12f, -0.16f, 0.4f, -0.6f, 0.4f, -0.6f,
                0.38f, 0.2f, 0.28f, 1)],
            [Stroke(0.42f, -0.55f, 0.16f, -0.96f, -0.24f, -0.92f, -0.44f, -0.55f, -0.26f, -0.16f, 0.12f, -0.16f, 0.42f, -0.55f, 0.46f, 0.1f,
                0.28f, 0.78f, -0.1f, 1, -0.42f, 0.82f)],
        ],
    ];

    private static DigitStroke Stroke(params ReadOnlySpan<float> coordinates)
    {
        var points = new (float X, float Y)[coordinates.Length / 2];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = (coordinates[2 * i], coordinates[2 * i + 1]);
        }
        return new DigitStroke(points);
    }
}
