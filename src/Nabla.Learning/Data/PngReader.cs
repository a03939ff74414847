using System.Buffers.Binary;
using System.IO.Compression;

namespace Nabla;

/// <summary>Reads PNG pictures as grey ones (ISO/IEC 15948): every colour type and depth, not interlaced.</summary>
internal static class PngReader
{
    private const long MostUnpacked = 1032;
    private const int Grey = 0, Rgb = 2, Palette = 3, GreyAlpha = 4, Rgba = 6;

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static GrayImage Read(byte[] bytes, string path)
    {
        int width = 0, height = 0, bits = 0, colour = -1, count = 0;
        byte[] palette = [];
        using MemoryStream packed = new();
        for (int position = Signature.Length; ;)
        {
            if (bytes.Length - position < 12) throw Damaged(path, "it is cut off");
            uint length = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(position));
            if (length > bytes.Length - position - 12) throw Damaged(path, "it is cut off");
            ReadOnlySpan<byte> kind = bytes.AsSpan(position + 4, 4), content = bytes.AsSpan(position + 8, (int)length);
            uint stated = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(position + 8 + (int)length));
            if (Checksum(bytes.AsSpan(position + 4, 4 + (int)length)) != stated)
                throw Damaged(path, $"the checksum of its {System.Text.Encoding.ASCII.GetString(kind)} part is wrong");
            position += 12 + (int)length;
            if (kind.SequenceEqual("IHDR"u8))
            {
                if (length != 13) throw Damaged(path, "its header has the wrong length");
                uint w = BinaryPrimitives.ReadUInt32BigEndian(content), h = BinaryPrimitives.ReadUInt32BigEndian(content[4..]);
                count = GrayImage.CheckedCount(w, h, path);
                (width, height, bits, colour) = ((int)w, (int)h, content[8], content[9]);
                if (content[12] != 0) throw new DataException($"{path}: an interlaced PNG is not read; save it without interlacing");
                if (!Exists(colour, bits)) throw Damaged(path, $"{bits} bits of colour type {colour} do not exist");
            }
            else if (kind.SequenceEqual("PLTE"u8)) palette = content.ToArray();
            else if (kind.SequenceEqual("IDAT"u8)) packed.Write(content);
            else if (kind.SequenceEqual("IEND"u8)) break;
        }
        if (colour < 0) throw Damaged(path, "it has no header");
        packed.Position = 0;
        int channels = colour switch { Rgb => 3, Rgba => 4, GreyAlpha => 2, _ => 1 };
        byte[] rows = Unfilter(packed, width, height, channels * bits, path);
        float[] pixels = new float[count];
        int rowBytes = ((width * channels * bits) + 7) / 8;
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> row = rows.AsSpan(y * rowBytes, rowBytes);
            for (int x = 0; x < width; x++) pixels[(y * width) + x] = Shade(row, x, bits, colour, channels, palette, path);
        }
        return new(width, height, pixels);
    }

    private static bool Exists(int colour, int bits) => colour switch
    {
        Grey => bits is 1 or 2 or 4 or 8 or 16,
        Palette => bits is 1 or 2 or 4 or 8,
        Rgb or GreyAlpha or Rgba => bits is 8 or 16,
        _ => false,
    };

    /// <summary>Undoes the filters: each byte was written less what its neighbours left, above and above left let expect.</summary>
    private static byte[] Unfilter(Stream packed, int width, int height, int pixelBits, string path)
    {
        int rowBytes = (int)((((long)width * pixelBits) + 7) / 8), step = Math.Max(1, pixelBits / 8);
        // Deflate packs to a thousandth at best, so a few bytes that claim a large picture are refused before its memory is taken.
        if ((long)rowBytes * height > MostUnpacked * packed.Length) throw Damaged(path, "its pixels cannot be unpacked");
        byte[] rows = new byte[rowBytes * height], line = new byte[rowBytes];
        try
        {
            using ZLibStream unpacked = new(packed, CompressionMode.Decompress);
            for (int y = 0; y < height; y++)
            {
                int filter = unpacked.ReadByte();
                unpacked.ReadExactly(line);
                if (filter is < 0 or > 4) throw Damaged(path, $"row {y} has the unknown filter {filter}");
                Span<byte> row = rows.AsSpan(y * rowBytes, rowBytes);
                for (int i = 0; i < rowBytes; i++)
                {
                    int left = i >= step ? row[i - step] : 0, above = y > 0 ? rows[((y - 1) * rowBytes) + i] : 0;
                    int corner = i >= step && y > 0 ? rows[((y - 1) * rowBytes) + i - step] : 0;
                    int expected = filter switch { 1 => left, 2 => above, 3 => (left + above) / 2, 4 => Paeth(left, above, corner), _ => 0 };
                    row[i] = (byte)(line[i] + expected);
                }
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw Damaged(path, "its pixels cannot be unpacked");
        }
        return rows;
    }

    private static int Paeth(int left, int above, int corner)
    {
        int expected = left + above - corner;
        int toLeft = Math.Abs(expected - left), toAbove = Math.Abs(expected - above), toCorner = Math.Abs(expected - corner);
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }

    private static float Shade(ReadOnlySpan<byte> row, int x, int bits, int colour, int channels, byte[] palette, string path)
    {
        float Sample(ReadOnlySpan<byte> from, int channel)
        {
            int index = (x * channels) + channel;
            if (bits == 8) return from[index] / 255f;
            if (bits == 16) return ((from[2 * index] << 8) | from[(2 * index) + 1]) / 65535f;
            return Packed(from, index) / (float)((1 << bits) - 1);
        }

        int Packed(ReadOnlySpan<byte> from, int index)
        {
            int bit = index * bits;
            return from[bit / 8] >> (8 - bits - (bit % 8)) & ((1 << bits) - 1);
        }

        if (colour == Palette)
        {
            int entry = bits == 8 ? row[x] : Packed(row, x);
            if ((3 * entry) + 2 >= palette.Length) throw Damaged(path, $"a pixel names the colour {entry}, which its palette lacks");
            return Luma(palette[3 * entry] / 255f, palette[(3 * entry) + 1] / 255f, palette[(3 * entry) + 2] / 255f);
        }
        float shade = channels >= 3 ? Luma(Sample(row, 0), Sample(row, 1), Sample(row, 2)) : Sample(row, 0);
        float alpha = colour is GreyAlpha or Rgba ? Sample(row, channels - 1) : 1;
        return (shade * alpha) + (1 - alpha);
    }

    private static float Luma(float red, float green, float blue) => (0.299f * red) + (0.587f * green) + (0.114f * blue);

    /// <summary>The CRC-32 of ISO 3309, polynomial 0xEDB88320 reflected.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = uint.MaxValue;
        foreach (byte value in bytes)
        {
            sum ^= value;
            for (int bit = 0; bit < 8; bit++) sum = (sum >> 1) ^ (0xEDB88320 & (0 - (sum & 1)));
        }
        return ~sum;
    }

    private static DataException Damaged(string path, string what) => new($"{path}: the PNG file is damaged: {what}; save it anew");
}
