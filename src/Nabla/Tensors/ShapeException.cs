namespace Nabla;

/// <summary>Shapes, axes or extents do not fit; the message names the operation, both shapes and the way out.</summary>
public sealed class ShapeException(string message) : ArgumentException(message);
