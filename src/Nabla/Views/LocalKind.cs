namespace Nabla;

/// <summary>In which form a <see cref="LocalGradient"/> is given.</summary>
public enum LocalKind : byte
{
    /// <summary>
    /// Of the output's shape: downstream = local × upstream, element by element, then summed over the axes along which the input was broadcast.
    /// </summary>
    Elementwise,

    /// <summary>Of the input's shape, where the output is one number: downstream = local × upstream.</summary>
    Gradient,

    /// <summary>
    /// [inputs, outputs], entry (n, m) = ∂outputₘ/∂inputₙ, both counted row-major: downstream = local · upstream, the upstream gradient as a column.
    /// </summary>
    Jacobian,
}
