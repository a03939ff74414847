namespace Nabla;

/// <summary>One picture in shades of grey, read from a PNG or PGM file: what a person shows to a trained network.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Pixels">Row-major, 0 black to 1 white; colours are weighted as luma (ITU-R BT.601), transparency lies on white.</param>
public sealed record GrayImage(int Width, int Height, ReadOnlyMemory<float> Pixels)
{
    /// <summary>The most pixels a picture may have; a larger one is refused before its memory is taken.</summary>
    public const int MaxPixels = 16 * 1024 * 1024;

    /// <summary>Reads a PNG (8 or 16 bits a channel, grey, palette, RGB, with or without alpha, not interlaced) or a PGM (P2, P5).</summary>
    /// <exception cref="DataException">The file is neither, is damaged, or is of a kind that is not read; the message says which.</exception>
    public static GrayImage Load(string path)
    {
        byte[] bytes = DataException.WithFile(path, () => File.ReadAllBytes(path));
        if (bytes.AsSpan().StartsWith(PngReader.Signature)) return PngReader.Read(bytes, path);
        if (bytes.Length > 2 && bytes[0] == 'P' && bytes[1] is (byte)'2' or (byte)'5') return PgmReader.Read(bytes, path);
        throw new DataException($"{path}: a picture needs to be a PNG or a PGM file, got one that begins with {Begin(bytes)}; convert it to PNG");
    }

    /// <summary>The picture at another size: each new pixel is the mean of the area it covers.</summary>
    public GrayImage Resize(int width, int height)
    {
        if (width == Width && height == Height) return this;
        ReadOnlySpan<float> source = Pixels.Span;
        float[] result = new float[width * height];
        double stepX = (double)Width / width, stepY = (double)Height / height;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double sum = 0, area = 0;
                for (int row = (int)(y * stepY); row < Math.Min(Height, Math.Ceiling((y + 1) * stepY)); row++)
                {
                    double coverY = Math.Min(row + 1, (y + 1) * stepY) - Math.Max(row, y * stepY);
                    for (int column = (int)(x * stepX); column < Math.Min(Width, Math.Ceiling((x + 1) * stepX)); column++)
                    {
                        double cover = coverY * (Math.Min(column + 1, (x + 1) * stepX) - Math.Max(column, x * stepX));
                        sum += cover * source[(row * Width) + column];
                        area += cover;
                    }
                }
                result[(y * width) + x] = (float)(sum / area);
            }
        }
        return new(width, height, result);
    }

    /// <summary>Black for white: MNIST's digits are light on dark, ink on paper is not.</summary>
    public GrayImage Invert()
    {
        float[] result = Pixels.ToArray();
        for (int i = 0; i < result.Length; i++) result[i] = 1 - result[i];
        return this with { Pixels = result };
    }

    /// <summary>Whether the rim is lighter than the middle grey: ink on paper.</summary>
    public bool IsDarkOnLight()
    {
        ReadOnlySpan<float> pixels = Pixels.Span;
        double sum = 0;
        for (int x = 0; x < Width; x++) sum += pixels[x] + pixels[((Height - 1) * Width) + x];
        for (int y = 0; y < Height; y++) sum += pixels[y * Width] + pixels[(y * Width) + Width - 1];
        return sum > Width + Height;
    }

    internal static int CheckedCount(long width, long height, string path)
    {
        if (width <= 0 || height <= 0 || width > MaxPixels || height > MaxPixels || width * height > MaxPixels)
            throw new DataException($"{path}: a picture needs 1 to {MaxPixels:N0} pixels, got {width} x {height}; make it smaller");
        return (int)(width * height);
    }

    private static string Begin(byte[] bytes) => bytes.Length == 0 ? "nothing" : Convert.ToHexString(bytes.AsSpan(0, Math.Min(4, bytes.Length)));
}
