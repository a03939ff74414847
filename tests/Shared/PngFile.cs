using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Nabla.Testing;

/// <summary>Writes PNG files of every colour type, depth and filter (ISO/IEC 15948), by an encoder that shares nothing with the reader.</summary>
internal static class PngFile
{
    public const int Grey = 0, Rgb = 2, Palette = 3, GreyAlpha = 4, Rgba = 6;

    private static readonly uint[] Remainders = [.. Enumerable.Range(0, 256).Select(Remainder)];

    public static int Channels(int colour) => colour switch { Rgb => 3, GreyAlpha => 2, Rgba => 4, _ => 1 };

    /// <summary>A whole file.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="bits">Of one channel.</param>
    /// <param name="colour">The colour type.</param>
    /// <param name="samples">[height · width · channels], each below 2^bits.</param>
    /// <param name="filter">The filter of each row.</param>
    /// <param name="palette">Three bytes a colour, or null.</param>
    public static byte[] Write(int width, int height, int bits, int colour, int[] samples, Func<int, int>? filter = null, byte[]? palette = null)
    {
        byte[] rows = Filtered(width, height, bits, colour, samples, filter ?? (_ => 0));
        return Assemble(
            ("IHDR", Header(width, height, bits, colour)), ("PLTE", palette), ("tEXt", "Title\0test"u8.ToArray()),
            ("IDAT", Pack(rows)), ("IEND", []));
    }

    /// <summary>Eight bits of grey a pixel.</summary>
    public static byte[] WriteGrey(int width, int height, Func<int, int, double> shade)
    {
        int[] samples = new int[width * height];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++) samples[(y * width) + x] = (int)Math.Round(255 * shade(x, y));
        return Write(width, height, 8, Grey, samples);
    }

    public static byte[] Header(int width, int height, int bits, int colour, int interlace = 0)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)bits, (byte)colour, (byte)interlace);
        return header;
    }

    /// <summary>Signature and chunks, each with its length and checksum; a null chunk is left out.</summary>
    public static byte[] Assemble(params (string Kind, byte[]? Content)[] chunks)
    {
        using MemoryStream file = new();
        file.Write([137, 80, 78, 71, 13, 10, 26, 10]);
        foreach ((string kind, byte[]? content) in chunks)
        {
            if (content is null) continue;
            byte[] body = [.. Encoding.ASCII.GetBytes(kind), .. content], number = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
            file.Write(number);
            file.Write(body);
            uint checksum = ~body.Aggregate(uint.MaxValue, (sum, value) => Remainders[(byte)(sum ^ value)] ^ (sum >> 8));
            BinaryPrimitives.WriteUInt32BigEndian(number, checksum);
            file.Write(number);
        }
        return file.ToArray();
    }

    public static byte[] Pack(byte[] rows)
    {
        using MemoryStream packed = new();
        using (ZLibStream stream = new(packed, CompressionLevel.Fastest)) stream.Write(rows);
        return packed.ToArray();
    }

    private static byte[] Filtered(int width, int height, int bits, int colour, int[] samples, Func<int, int> filter)
    {
        int perRow = width * Channels(colour), rowBytes = ((perRow * bits) + 7) / 8, behind = Math.Max(1, Channels(colour) * bits / 8);
        byte[] previous = new byte[rowBytes], result = new byte[height * (rowBytes + 1)];
        for (int y = 0; y < height; y++)
        {
            byte[] row = new byte[rowBytes];
            for (int i = 0; i < perRow; i++)
            {
                int sample = samples[(y * perRow) + i];
                if (bits == 16) (row[2 * i], row[(2 * i) + 1]) = ((byte)(sample >> 8), (byte)sample);
                else row[i * bits / 8] |= (byte)(sample << (8 - bits - (i * bits % 8)));
            }
            Span<byte> target = result.AsSpan(y * (rowBytes + 1), rowBytes + 1);
            target[0] = (byte)filter(y);
            for (int i = 0; i < rowBytes; i++)
            {
                byte a = i < behind ? (byte)0 : row[i - behind], b = previous[i], c = i < behind ? (byte)0 : previous[i - behind];
                int guess = target[0] switch { 0 => 0, 1 => a, 2 => b, 3 => (a + b) >> 1, _ => Nearest(a, b, c) };
                target[i + 1] = (byte)(row[i] - guess);
            }
            previous = row;
        }
        return result;
    }

    /// <summary>Of left, above and corner the one nearest to left + above − corner; the first at ties.</summary>
    private static int Nearest(int a, int b, int c) => new[] { a, b, c }.MinBy(value => Math.Abs(a + b - c - value));

    private static uint Remainder(int value)
    {
        uint remainder = (uint)value;
        for (int bit = 0; bit < 8; bit++) remainder = (remainder & 1) == 0 ? remainder >> 1 : (remainder >> 1) ^ 0xEDB88320;
        return remainder;
    }
}
