using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;

namespace Nabla;

/// <summary>
/// Reads and writes safetensors, the format other programs exchange tensors in: the length of a header as a little-endian 64-bit integer, the header
/// in JSON with each tensor's type, shape and place, then the values of all tensors without gaps.
/// </summary>
/// <remarks>
/// Values begin at a multiple of 8 bytes, widest types first, so that each tensor is aligned for its type. Format: the safetensors project's README,
/// "Format". Nothing in such a file is ever executed.
/// </remarks>
public static class SafetensorsFile
{
    private const int LengthBytes = 8;
    private const int MostHeaderBytes = 100_000_000;

    /// <summary>Writes tensors wholly or not at all: to a temporary file beside the target, flushed to the disk, then renamed over it.</summary>
    /// <param name="path">The file; an older one is replaced.</param>
    /// <param name="entries">The tensors; the header keeps their order.</param>
    /// <param name="metadata">Texts to keep with them, or null.</param>
    /// <exception cref="CheckpointException">A tensor's type, shape and data do not fit each other, a name comes twice, or the file cannot be
    /// written; an older file is then still whole.</exception>
    public static void Write(string path, IReadOnlyList<SafetensorsEntry> entries, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(entries);
        Check(path, entries);
        SafetensorsEntry[] places = [.. entries.OrderByDescending(entry => SafetensorsHeader.BytesOf(entry.DType))];
        byte[] header = Header(path, entries, places, metadata);

        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
        string temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.partial");
        try
        {
            try
            {
                using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
                {
                    file.Write(header);
                    foreach (SafetensorsEntry entry in places)
                    {
                        file.Write(entry.Data.Span);
                    }
                    file.Flush(flushToDisk: true);
                }
                File.Move(temporary, path, overwrite: true);
            }
            catch
            {
                File.Delete(temporary);
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string way = Directory.Exists(folder) ? "check the permissions and the room on the disk" : $"create the folder {folder} first";
            throw new CheckpointException($"{path}: the file cannot be written ({e.Message.TrimEnd('.')}); {way}", e);
        }
    }

    /// <summary>Reads all tensors of a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">There is no such file, it is damaged, or a tensor has a type other than F32, F64, I32, I64, U8 and
    /// BOOL.</exception>
    public static SafetensorsContent Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using FileStream file = File.OpenRead(path);
            return Read(file, path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CheckpointException($"{path}: there is no such file; check the path", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{path}: the file cannot be read ({e.Message.TrimEnd('.')}); check the path and its permissions", e);
        }
    }

    private static SafetensorsContent Read(FileStream file, string path)
    {
        Span<byte> start = stackalloc byte[LengthBytes];
        if (file.ReadAtLeast(start, LengthBytes, throwOnEndOfStream: false) < LengthBytes)
        {
            throw new CheckpointException($"{path}: a safetensors file begins with 8 bytes that say the length of its header, and the file has "
                + $"{file.Length}; it was cut short, or is another kind of file");
        }
        ulong claimed = BinaryPrimitives.ReadUInt64LittleEndian(start);
        long rest = file.Length - LengthBytes;
        if (claimed > (ulong)rest || claimed > MostHeaderBytes)
        {
            string limit = claimed > (ulong)rest ? $"only {rest} follow" : $"at most {MostHeaderBytes} are read";
            throw new CheckpointException($"{path}: the header is said to be {claimed} bytes long, and {limit}; the file was cut short, "
                + "or is another kind of file");
        }
        byte[] header = new byte[(int)claimed];
        ReadWhole(file, header, path, "the header");
        SafetensorsHeader parsed = SafetensorsHeader.Parse(header, path);
        parsed.CheckPlaces(rest - header.Length, path);

        var entries = new SafetensorsEntry[parsed.Tensors.Count];
        for (int i = 0; i < entries.Length; i++)
        {
            SafetensorsHeader.Tensor tensor = parsed.Tensors[i];
            // The places were checked against the file's true length, so this takes no more memory than the file has bytes.
            byte[] data = new byte[(int)(tensor.End - tensor.Begin)];
            file.Position = LengthBytes + header.Length + tensor.Begin;
            ReadWhole(file, data, path, $"tensor '{tensor.Name}'");
            entries[i] = new SafetensorsEntry(tensor.Name, tensor.DType, tensor.Shape, data);
        }
        return new SafetensorsContent([.. entries], parsed.Metadata);
    }

    private static void ReadWhole(FileStream file, Span<byte> destination, string path, string what)
    {
        if (file.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false) < destination.Length)
        {
            throw new CheckpointException($"{path}: {what} ends early; the file changed while it was read: read it again");
        }
    }

    private static void Check(string path, IReadOnlyList<SafetensorsEntry> entries)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (SafetensorsEntry entry in entries)
        {
            string tensor = $"{path}: tensor '{entry.Name}'";
            if (string.IsNullOrEmpty(entry.Name) || entry.Name == SafetensorsHeader.MetadataName)
            {
                throw new CheckpointException($"{tensor}: a tensor needs a name other than '' and {SafetensorsHeader.MetadataName}; rename it");
            }
            if (!names.Add(entry.Name))
            {
                throw new CheckpointException($"{tensor}: two tensors have this name; each needs one of its own");
            }
            if (SafetensorsHeader.BytesOf(entry.DType) == 0)
            {
                throw new CheckpointException($"{tensor}: the type needs to be {SafetensorsHeader.KnownTypes}, got {entry.DType}; convert it");
            }
            if (entry.Shape.IsDefault || entry.Shape.Any(extent => extent < 0))
            {
                throw new CheckpointException($"{tensor}: extents of at least 0 are needed, got "
                    + (entry.Shape.IsDefault ? "none" : $"[{string.Join(", ", entry.Shape)}]"));
            }
            SafetensorsHeader.CheckSize(tensor, entry.DType, entry.Shape, entry.Data.Length);
        }
    }

    private static byte[] Header(string path, IReadOnlyList<SafetensorsEntry> entries, SafetensorsEntry[] places,
        IReadOnlyDictionary<string, string>? metadata)
    {
        var begins = new Dictionary<string, long>(StringComparer.Ordinal);
        long end = 0;
        foreach (SafetensorsEntry entry in places)
        {
            begins[entry.Name] = end;
            end += entry.Data.Length;
        }

        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write(new byte[LengthBytes]);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(SafetensorsHeader.MetadataName);
                // Sorted, so that equal contents give equal bytes.
                foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    json.WriteString(key, value);
                }
                json.WriteEndObject();
            }
            foreach (SafetensorsEntry entry in entries)
            {
                json.WriteStartObject(entry.Name);
                json.WriteString("dtype", entry.DType);
                json.WriteStartArray("shape");
                foreach (int extent in entry.Shape)
                {
                    json.WriteNumberValue(extent);
                }
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(begins[entry.Name]);
                json.WriteNumberValue(begins[entry.Name] + entry.Data.Length);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        int padding = -buffer.WrittenCount & 7;
        buffer.GetSpan(padding)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        byte[] header = buffer.WrittenSpan.ToArray();
        if (header.Length - LengthBytes > MostHeaderBytes)
        {
            throw new CheckpointException($"{path}: a header of at most {MostHeaderBytes} bytes can be read again, "
                + $"got {header.Length - LengthBytes}; shorten the metadata or the names");
        }
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)(header.Length - LengthBytes));
        return header;
    }
}
