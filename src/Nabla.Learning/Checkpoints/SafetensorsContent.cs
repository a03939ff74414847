using System.Collections.Immutable;

namespace Nabla;

/// <summary>What a safetensors file holds.</summary>
/// <param name="Entries">The tensors, in the order of the header.</param>
/// <param name="Metadata">The texts under __metadata__; empty where the file has none.</param>
public sealed record SafetensorsContent(ImmutableArray<SafetensorsEntry> Entries, ImmutableDictionary<string, string> Metadata);
