using System.Collections.Immutable;

namespace Nabla;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Name">Its name: not empty, not __metadata__.</param>
/// <param name="DType">F32, F64, I32, I64, U8 or BOOL.</param>
/// <param name="Shape">Its extents, each at least 0; none for a scalar.</param>
/// <param name="Data">Its values, little-endian and row-major: product of the extents × bytes a value.</param>
public sealed record SafetensorsEntry(string Name, string DType, ImmutableArray<int> Shape, ReadOnlyMemory<byte> Data);
