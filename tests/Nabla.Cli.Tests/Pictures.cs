using System.Buffers.Binary;
using System.IO.Compression;

namespace Nabla.Cli.Tests;

/// <summary>Small pictures that a network learns in a moment: a bright bar whose place is the class.</summary>
internal static class Pictures
{
    public const int Size = 12, Classes = 4;

    /// <summary>The brightness at a place: a bar of three columns that begins at 3 · class, on a noisy dark ground.</summary>
    public static byte[] Pixels(int label, Random random)
    {
        byte[] pixels = new byte[Size * Size];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = (byte)(random.Next(60) + (i % Size / 3 == label ? 190 : 0));
        return pixels;
    }

    /// <summary>The four files of MNIST's layout; the images to train are packed, the others plain.</summary>
    public static string WriteFolder(TemporaryFolder folder, string name, int train = 320, int test = 80, int classes = Classes, ulong seed = 1)
    {
        string path = Directory.CreateDirectory(folder[name]).FullName;
        Random random = new((int)seed);
        foreach ((string stem, int count) in (ReadOnlySpan<(string, int)>)[("train", train), ("t10k", test)])
        {
            byte[] labels = [.. Enumerable.Range(0, count).Select(i => (byte)(i % classes))];
            byte[] images = Idx([count, Size, Size], [.. labels.SelectMany(label => Pixels(label, random))]);
            if (stem == "train") File.WriteAllBytes(Path.Combine(path, "train-images-idx3-ubyte.gz"), Gzip(images));
            else File.WriteAllBytes(Path.Combine(path, "t10k-images-idx3-ubyte"), images);
            File.WriteAllBytes(Path.Combine(path, $"{stem}-labels-idx1-ubyte"), Idx([count], labels));
        }
        return path;
    }

    /// <summary>An IDX file of bytes: two zeros, the type 8, the number of extents, the extents, the values.</summary>
    public static byte[] Idx(int[] extents, byte[] values)
    {
        byte[] header = new byte[4 + (4 * extents.Length)];
        (header[2], header[3]) = (8, (byte)extents.Length);
        for (int i = 0; i < extents.Length; i++) BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + (4 * i)), extents[i]);
        return [.. header, .. values];
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (GZipStream stream = new(packed, CompressionLevel.Fastest)) stream.Write(bytes);
        return packed.ToArray();
    }
}
