using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>Cells to file entries and back. Restoring checks everything first, so that it changes all or nothing.</summary>
internal static class StoredTensors
{
    public static SafetensorsEntry Entry(string name, Cell cell)
    {
        Tensor value = cell.Value;
        byte[] data = value.DType switch
        {
            DType.Float32 => Bytes<float>(value),
            DType.Float64 => Bytes<double>(value),
            DType.Int32 => Bytes<int>(value),
            DType.Int64 => Bytes<long>(value),
            _ => Bytes<byte>(value),
        };
        return new(name, TypeName(value.DType), [.. value.Shape.AsSpan()], data);
    }

    /// <summary>Assigns to each cell the entry of its name.</summary>
    /// <param name="where">The file, for messages.</param>
    /// <param name="what">What the cells belong to, for messages: "the module".</param>
    /// <param name="cells">Names and cells.</param>
    /// <param name="entries">What the file holds.</param>
    /// <param name="strict">Whether missing and unexpected names are refused; wrong shapes and types always are.</param>
    public static void Restore(
        string where, string what, IReadOnlyList<(string Name, Cell Cell)> cells, IReadOnlyList<SafetensorsEntry> entries, bool strict)
    {
        Dictionary<string, SafetensorsEntry> byName = entries.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        HashSet<string> names = [.. cells.Select(cell => cell.Name)];
        List<string> faults = [];
        if (strict)
        {
            Add(faults, "missing", cells.Where(cell => !byName.ContainsKey(cell.Name)).Select(cell => $"{cell.Name} {cell.Cell.Spec.Shape}"));
            Add(faults, "unexpected", entries.Where(entry => !names.Contains(entry.Name))
                .Select(entry => $"{entry.Name} [{string.Join(", ", entry.Shape)}]"));
        }
        List<(Cell Cell, SafetensorsEntry Entry)> pairs =
            [.. cells.Where(cell => byName.ContainsKey(cell.Name)).Select(cell => (cell.Cell, byName[cell.Name]))];
        Add(faults, "of another shape", pairs.Where(pair => !pair.Entry.Shape.AsSpan().SequenceEqual(pair.Cell.Spec.Shape.AsSpan()))
            .Select(pair => $"{pair.Entry.Name} (the file has [{string.Join(", ", pair.Entry.Shape)}], {what} {pair.Cell.Spec.Shape})"));
        Add(faults, "of another type", pairs.Where(pair => !Fits(pair.Entry.DType, pair.Cell.Spec.DType))
            .Select(pair => $"{pair.Entry.Name} (the file has {pair.Entry.DType}, {what} {pair.Cell.Spec.DType})"));
        if (faults.Count > 0)
        {
            throw new CheckpointException($"{where} does not fit {what}, which stays as it was: {string.Join("; ", faults)}; "
                + $"build {what} as it was when the file was saved");
        }
        // All tensors are made before the first is assigned: what can fail, fails here.
        Tensor[] values = [.. pairs.Select(pair => ToTensor(pair.Entry, pair.Cell.Spec))];
        for (int i = 0; i < values.Length; i++) pairs[i].Cell.Assign(values[i]);
    }

    private static void Add(List<string> faults, string fault, IEnumerable<string> names)
    {
        string[] all = [.. names];
        if (all.Length > 0) faults.Add($"{fault}: {string.Join(", ", all)}");
    }

    private static bool Fits(string stored, DType wanted) =>
        stored == TypeName(wanted) || (stored is "F32" or "F64" && wanted.IsFloating);

    private static Tensor ToTensor(SafetensorsEntry entry, TensorSpec spec)
    {
        ReadOnlySpan<byte> data = entry.Data.Span;
        Tensor stored = entry.DType switch
        {
            "F32" => Read<float>(data, spec.Shape),
            "F64" => Read<double>(data, spec.Shape),
            "I32" => Read<int>(data, spec.Shape),
            "I64" => Read<long>(data, spec.Shape),
            "BOOL" => Read<bool>(data, spec.Shape),
            _ => Read<byte>(data, spec.Shape),
        };
        return stored.Cast(spec.DType);
    }

    private static Tensor Read<T>(ReadOnlySpan<byte> data, Shape shape)
        where T : unmanaged
        => Tensor.From(MemoryMarshal.Cast<byte, T>(data), shape);

    private static byte[] Bytes<T>(Tensor value)
        where T : unmanaged
        => MemoryMarshal.AsBytes(value.AsSpan<T>()).ToArray();

    private static string TypeName(DType type) => type switch
    {
        DType.Float32 => "F32",
        DType.Float64 => "F64",
        DType.Int32 => "I32",
        DType.Int64 => "I64",
        DType.Bool => "BOOL",
        _ => "U8",
    };
}
