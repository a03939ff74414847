using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Compression;

namespace Nabla;

/// <summary>
/// Reads and writes IDX, the format of the MNIST family: two zero bytes, a type, a rank, the extents as big-endian 32-bit integers, the values.
/// </summary>
/// <remarks>
/// Format: Y. LeCun, C. Cortes, C. Burges, <i>The MNIST database of handwritten digits</i>, "file formats". Plain and gzip are told apart by their
/// first two bytes, whatever the file is called. Memory is taken for bytes that have arrived, never for what a header claims.
/// </remarks>
public static class IdxFile
{
    private const byte UnsignedByte = 0x08;

    // Deflate's shortest code stands for at most 258 bytes in 2 bits: 1,032 to one.
    private const long MostBytesPerPackedByte = 1032;

    /// <summary>Reads labels or images.</summary>
    /// <param name="path">A plain or gzip file.</param>
    /// <exception cref="DataException">There is no such file, or it is not a whole IDX file of unsigned bytes with one or three extents.</exception>
    public static IdxArray Read(string path) => Parse(Unpack(path), path);

    /// <summary>Reads labels or images to the end of a stream.</summary>
    /// <param name="stream">Plain or gzip.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="DataException">It is not a whole IDX file of unsigned bytes with one or three extents.</exception>
    public static IdxArray Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Parse(DataException.WithFile(name, () => Unpack(stream, name)), name);
    }

    /// <summary>Reads images.</summary>
    /// <returns>Values with the extents [count, rows, columns].</returns>
    /// <exception cref="DataException">The file is damaged or holds labels.</exception>
    public static IdxArray ReadImages(string path) => Expect(Read(path), 3, path);

    /// <summary>Reads labels.</summary>
    /// <returns>Values with the extents [count].</returns>
    /// <exception cref="DataException">The file is damaged or holds images.</exception>
    public static IdxArray ReadLabels(string path) => Expect(Read(path), 1, path);

    /// <summary>Writes labels or images; a name that ends in .gz is packed.</summary>
    /// <exception cref="DataException">The extents are not one or three, do not fit the values, or the file cannot be written.</exception>
    public static void Write(string path, IdxArray array)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream file = DataException.WithFile(path, () => File.Create(path));
        DataException.WithFile<object?>(path, () =>
        {
            Write(file, array, packed: path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase));
            return null;
        });
    }

    /// <summary>Writes labels or images to a stream and leaves it open.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="array">What.</param>
    /// <param name="packed">Whether to pack it with gzip.</param>
    /// <exception cref="DataException">The extents are not one or three, or do not fit the values.</exception>
    public static void Write(Stream stream, IdxArray array, bool packed)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(array);
        if (array.Extents.IsDefault)
        {
            throw new DataException("an IDX file needs the extents [count] or [count, rows, columns], got none");
        }
        string extents = $"[{string.Join(", ", array.Extents)}]";
        if (array.Extents.Length is not (1 or 3) || array.Extents.Any(extent => extent < 0))
        {
            throw new DataException($"an IDX file needs the extents [count] or [count, rows, columns], got {extents}");
        }
        byte[] header = new byte[HeaderLength(array.Extents.Length)];
        header[2] = UnsignedByte;
        header[3] = (byte)array.Extents.Length;
        Int128 product = 1;
        for (int i = 0; i < array.Extents.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + 4 * i), array.Extents[i]);
            product *= array.Extents[i];
        }
        if (product != array.Values.Length)
        {
            throw new DataException($"an IDX file with the extents {extents} needs {product} values, got {array.Values.Length}");
        }
        if (packed)
        {
            using var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
            gzip.Write(header);
            gzip.Write(array.Values.Span);
            return;
        }
        stream.Write(header);
        stream.Write(array.Values.Span);
    }

    /// <summary>The whole unpacked content of a file, header included, checked as a whole: what a published sum is taken of.</summary>
    internal static byte[] Unpack(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return DataException.WithFile(path, () =>
        {
            using FileStream file = File.OpenRead(path);
            return Unpack(file, path);
        });
    }

    /// <summary>Splits checked content into extents and values.</summary>
    internal static IdxArray Parse(byte[] content, string name)
    {
        (ImmutableArray<int> extents, _) = Header(content, name);
        return new IdxArray(extents, content.AsMemory(HeaderLength(extents.Length)));
    }

    internal static IdxArray Expect(IdxArray array, int rank, string name)
    {
        if (array.Extents.Length != rank)
        {
            string needed = rank == 1 ? "labels, with one extent" : "images, with three extents";
            string found = rank == 1 ? "images" : "labels";
            throw new DataException($"{name}: {needed}, were needed, and the file holds {found} [{string.Join(", ", array.Extents)}]; "
                + "were images and labels swapped?");
        }
        return array;
    }

    private static byte[] Unpack(Stream stream, string name)
    {
        Span<byte> start = stackalloc byte[2];
        int read = stream.ReadAtLeast(start, 2, throwOnEndOfStream: false);
        if (read == 0)
        {
            throw new DataException($"{name}: the file is empty; fetch or copy it again");
        }
        if (read < 2 || start[0] != 0x1F || start[1] != 0x8B)
        {
            return Content(stream, start[..read], name, most: null);
        }

        // The packed bytes stay in memory, for their trailer says whether the whole arrived: the inflater alone takes a missing trailer for an end.
        using var packed = new MemoryStream();
        packed.Write(start);
        stream.CopyTo(packed);
        packed.Position = 0;
        byte[] content;
        try
        {
            using var gzip = new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true);
            content = Content(gzip, [], name, packed.Length * MostBytesPerPackedByte);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new DataException($"{name}: the gzip data are damaged ({e.Message.TrimEnd('.')}); fetch or copy the file again", e);
        }
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(packed.GetBuffer().AsSpan((int)packed.Length - 4, 4));
        if (packed.Length < 18 || length != content.Length)
        {
            throw new DataException($"{name}: a gzip file ends with the length of its content, {content.Length}, got {length}: "
                + "the file was cut short, or something follows it; fetch or copy it again");
        }
        return content;
    }

    /// <summary>Reads header and values, no more and no less than the header says.</summary>
    private static byte[] Content(Stream stream, ReadOnlySpan<byte> start, string name, long? most)
    {
        byte[] content = new byte[HeaderLength(3)];
        start.CopyTo(content);
        int filled = start.Length + stream.ReadAtLeast(content.AsSpan(start.Length, 4 - start.Length), 4 - start.Length, false);
        int header = filled >= 4 ? HeaderLength(CheckMagic(content, name)) : 4;
        if (filled >= 4)
        {
            filled += stream.ReadAtLeast(content.AsSpan(4, header - 4), header - 4, false);
        }
        if (filled < header)
        {
            throw new DataException($"{name}: the file ends within its header, which needs {header} bytes and has {filled}; fetch or copy it again");
        }
        (ImmutableArray<int> extents, long total) = Header(content.AsSpan(0, header), name);
        string claim = $"the header says [{string.Join(", ", extents)}], {total - header} bytes of values";
        if (total > most || (stream.CanSeek && stream.Length - stream.Position < total - header))
        {
            string found = total > most ? $"the packed file can hold at most {most}" : $"{stream.Length - stream.Position} follow";
            throw new DataException($"{name}: {claim}, but {found}; fetch or copy the file again");
        }

        const int first = 1 << 20;
        Array.Resize(ref content, (int)Math.Min(total, Math.Max(first, header)));
        while (true)
        {
            int got = stream.Read(content.AsSpan(filled));
            filled += got;
            if (filled == total)
            {
                break;
            }
            if (got == 0)
            {
                throw new DataException($"{name}: {claim}, but only {filled - header} follow; the file was cut short: fetch or copy it again");
            }
            if (filled == content.Length)
            {
                Array.Resize(ref content, (int)Math.Min(total, 2L * content.Length));
            }
        }
        if (stream.ReadByte() >= 0)
        {
            throw new DataException($"{name}: {claim}, but more bytes follow; the file is not what its header says: fetch or copy it again");
        }
        return content;
    }

    private static int HeaderLength(int rank) => 4 + 4 * rank;

    private static int CheckMagic(ReadOnlySpan<byte> magic, string name)
    {
        if (magic[0] != 0 || magic[1] != 0)
        {
            throw new DataException($"{name}: an IDX file begins with 00 00 08 01 (labels) or 00 00 08 03 (images), "
                + $"got {magic[0]:X2} {magic[1]:X2} {magic[2]:X2} {magic[3]:X2}; is it another kind of file?");
        }
        if (magic[2] != UnsignedByte)
        {
            string type = magic[2] switch
            {
                0x09 => "signed bytes (09)",
                0x0B => "16-bit integers (0B)",
                0x0C => "32-bit integers (0C)",
                0x0D => "32-bit floats (0D)",
                0x0E => "64-bit floats (0E)",
                byte other => $"the unknown type {other:X2}",
            };
            throw new DataException($"{name}: unsigned bytes (08) are needed, got {type}; convert the values to bytes from 0 to 255");
        }
        if (magic[3] is not (1 or 3))
        {
            throw new DataException($"{name}: labels have 1 extent and grey images have 3, got {magic[3]}; "
                + "convert the file to one of the two");
        }
        return magic[3];
    }

    private static (ImmutableArray<int> Extents, long Total) Header(ReadOnlySpan<byte> content, string name)
    {
        int rank = CheckMagic(content, name);
        int[] extents = new int[rank];
        Int128 total = 1;
        bool absurd = false;
        for (int i = 0; i < rank; i++)
        {
            uint extent = BinaryPrimitives.ReadUInt32BigEndian(content[(4 + 4 * i)..]);
            absurd |= extent > int.MaxValue;
            extents[i] = (int)(extent & int.MaxValue);
            total *= extent;
        }
        total += HeaderLength(rank);
        if (absurd || total > Array.MaxLength)
        {
            throw new DataException($"{name}: the header claims {total} bytes, and at most {Array.MaxLength} can be read; "
                + "the header is damaged, or the file is to be split");
        }
        return ([.. extents], (long)total);
    }
}
