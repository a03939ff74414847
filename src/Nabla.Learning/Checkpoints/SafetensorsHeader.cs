using System.Collections.Immutable;
using System.Text.Json;

namespace Nabla;

/// <summary>The JSON header of a safetensors file, checked.</summary>
internal sealed class SafetensorsHeader
{
    public const string MetadataName = "__metadata__";
    public const string KnownTypes = "F32, F64, I32, I64, U8 or BOOL";

    private SafetensorsHeader(List<Tensor> tensors, ImmutableDictionary<string, string> metadata)
    {
        Tensors = tensors;
        Metadata = metadata;
    }

    public IReadOnlyList<Tensor> Tensors { get; }

    public ImmutableDictionary<string, string> Metadata { get; }

    /// <summary>One tensor's line in the header; its values lie at [Begin, End) after the header.</summary>
    public readonly record struct Tensor(string Name, string DType, ImmutableArray<int> Shape, long Begin, long End);

    /// <summary>How many bytes a value of a type takes; 0 for a type that is not known.</summary>
    public static int BytesOf(string? type) => type switch
    {
        "F64" or "I64" => 8,
        "F32" or "I32" => 4,
        "U8" or "BOOL" => 1,
        _ => 0,
    };

    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, string path)
    {
        try
        {
            return Parse(new Utf8JsonReader(json), path);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is what the reader says to text that is not UTF-8.
            throw new CheckpointException($"{path}: the header is not valid JSON ({e.Message.TrimEnd('.')}); fetch or save the file again", e);
        }
    }

    /// <summary>Refuses a tensor whose bytes are not as many as its shape and type need.</summary>
    /// <param name="tensor">File and tensor, for the message.</param>
    /// <param name="type">A known type.</param>
    /// <param name="shape">Extents of at least 0.</param>
    /// <param name="length">How many bytes there are.</param>
    public static void CheckSize(string tensor, string type, ImmutableArray<int> shape, long length)
    {
        // An extent of 0 makes the product 0 whatever the others are; without one it only grows, so it may stop beyond any file's length.
        Int128 needed = shape.Contains(0) ? 0 : BytesOf(type);
        foreach (int extent in shape)
        {
            needed *= extent;
            if (needed > long.MaxValue)
            {
                break;
            }
        }
        if (needed != length)
        {
            throw new CheckpointException($"{tensor}: {type} of shape [{string.Join(", ", shape)}] needs "
                + (needed > long.MaxValue ? "more bytes than any file holds" : $"{needed} bytes") + $", got {length}; save the file again");
        }
        if (length > Array.MaxLength)
        {
            throw new CheckpointException($"{tensor}: a tensor of at most {Array.MaxLength} bytes can be read, got {length}; split it");
        }
    }

    /// <summary>Refuses tensors that overlap, leave gaps, or do not end with the file.</summary>
    public void CheckPlaces(long length, string path)
    {
        long at = 0;
        foreach (Tensor tensor in Tensors.OrderBy(tensor => tensor.Begin).ThenBy(tensor => tensor.End))
        {
            string place = $"{path}: tensor '{tensor.Name}' lies at [{tensor.Begin}, {tensor.End})";
            if (tensor.End > length)
            {
                throw new CheckpointException($"{place}, and only {length} bytes follow the header; the file was cut short: fetch or save it again");
            }
            if (tensor.Begin != at)
            {
                string fault = tensor.Begin < at ? "overlaps the one before it" : "leaves a gap after the one before it";
                throw new CheckpointException($"{place} and {fault}, which ends at {at}; the file is damaged: fetch or save it again");
            }
            at = tensor.End;
        }
        if (at != length)
        {
            throw new CheckpointException($"{path}: the tensors end at {at}, and {length} bytes follow the header; "
                + "the file is damaged: fetch or save it again");
        }
    }

    private static SafetensorsHeader Parse(Utf8JsonReader json, string path)
    {
        var tensors = new List<Tensor>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        ImmutableDictionary<string, string>? metadata = null;
        json.Read();
        Expect(json, JsonTokenType.StartObject, $"{path}: the header");
        while (NextName(ref json) is { } name)
        {
            json.Read();
            if (name == MetadataName)
            {
                metadata = metadata is null ? ReadMetadata(ref json, path) : throw Twice(path, name);
            }
            else
            {
                tensors.Add(names.Add(name) ? ReadTensor(ref json, name, path) : throw Twice(path, name));
            }
        }
        // Reading on makes the reader refuse anything but spaces after the object.
        json.Read();
        return new SafetensorsHeader(tensors, metadata ?? ImmutableDictionary<string, string>.Empty);
    }

    private static Tensor ReadTensor(ref Utf8JsonReader json, string name, string path)
    {
        string where = $"{path}: tensor '{name}'";
        string? type = null;
        ImmutableArray<long> shape = default, offsets = default;
        Expect(json, JsonTokenType.StartObject, where);
        while (NextName(ref json) is { } field)
        {
            json.Read();
            switch (field)
            {
                case "dtype" when type is null:
                    Expect(json, JsonTokenType.String, $"{where}, dtype");
                    type = json.GetString()!;
                    break;
                case "shape" when shape.IsDefault:
                    shape = ReadIntegers(ref json, $"{where}, shape");
                    break;
                case "data_offsets" when offsets.IsDefault:
                    offsets = ReadIntegers(ref json, $"{where}, data_offsets");
                    break;
                case "dtype" or "shape" or "data_offsets":
                    throw new CheckpointException($"{where} has {field} twice; the file is damaged: save it again");
                default:
                    throw new CheckpointException($"{where} has the unknown field '{field}'; dtype, shape and data_offsets are known: "
                        + "save the file again");
            }
        }
        if (type is null || shape.IsDefault || offsets.IsDefault)
        {
            string missing = type is null ? "dtype" : shape.IsDefault ? "shape" : "data_offsets";
            throw new CheckpointException($"{where} has no {missing}; the file is damaged: save it again");
        }
        if (BytesOf(type) == 0)
        {
            throw new CheckpointException($"{where} has the type '{type}', and {KnownTypes} can be read; convert it where the file was made");
        }
        if (shape.Any(extent => extent > int.MaxValue))
        {
            throw new CheckpointException($"{where} has the shape [{string.Join(", ", shape)}], and extents up to {int.MaxValue} can be read; "
                + "split it");
        }
        if (offsets.Length != 2 || offsets[0] > offsets[1])
        {
            throw new CheckpointException($"{where} needs data_offsets [begin, end] with begin ≤ end, got [{string.Join(", ", offsets)}]; "
                + "the file is damaged: save it again");
        }
        ImmutableArray<int> extents = [.. shape.Select(extent => (int)extent)];
        CheckSize(where, type, extents, offsets[1] - offsets[0]);
        return new Tensor(name, type, extents, offsets[0], offsets[1]);
    }

    private static ImmutableDictionary<string, string> ReadMetadata(ref Utf8JsonReader json, string path)
    {
        string where = $"{path}: {MetadataName}";
        var metadata = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        Expect(json, JsonTokenType.StartObject, where);
        while (NextName(ref json) is { } key)
        {
            json.Read();
            Expect(json, JsonTokenType.String, $"{where}, '{key}'");
            if (!metadata.TryAdd(key, json.GetString()!))
            {
                throw Twice(path, key);
            }
        }
        return metadata.ToImmutable();
    }

    private static ImmutableArray<long> ReadIntegers(ref Utf8JsonReader json, string where)
    {
        Expect(json, JsonTokenType.StartArray, where);
        var integers = ImmutableArray.CreateBuilder<long>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out long integer) || integer < 0)
            {
                throw new CheckpointException($"{where} needs integers of at least 0, got {(json.TokenType == JsonTokenType.Number
                    ? System.Text.Encoding.UTF8.GetString(json.ValueSpan)
                    : json.TokenType)}; the file is damaged: save it again");
            }
            integers.Add(integer);
        }
        return integers.ToImmutable();
    }

    /// <summary>The next property's name, or null at the end of the object.</summary>
    private static string? NextName(ref Utf8JsonReader json) =>
        json.Read() && json.TokenType == JsonTokenType.PropertyName ? json.GetString() : null;

    private static void Expect(in Utf8JsonReader json, JsonTokenType expected, string where)
    {
        if (json.TokenType != expected)
        {
            throw new CheckpointException($"{where} needs to be a JSON {expected}, got {json.TokenType}; the file is damaged: save it again");
        }
    }

    private static CheckpointException Twice(string path, string name) =>
        new($"{path}: '{name}' comes twice in the header, and names need to differ; the file is damaged: save it again");
}
