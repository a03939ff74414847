namespace Nabla;

/// <summary>Where a tensor's values lie.</summary>
/// <param name="Name">For people: <c>cpu</c>.</param>
public sealed record Device(string Name)
{
    /// <summary>The host's memory.</summary>
    public static Device Cpu { get; } = new("cpu");

    /// <inheritdoc/>
    public override string ToString() => Name;
}
