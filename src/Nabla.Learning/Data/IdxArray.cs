using System.Collections.Immutable;

namespace Nabla;

/// <summary>What an IDX file holds: unsigned bytes and their extents.</summary>
/// <param name="Extents">[count] for labels, [count, rows, columns] for images.</param>
/// <param name="Values">As many bytes as the product of the extents, row-major.</param>
public sealed record IdxArray(ImmutableArray<int> Extents, ReadOnlyMemory<byte> Values);
