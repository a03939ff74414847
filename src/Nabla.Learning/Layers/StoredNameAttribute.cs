namespace Nabla;

/// <summary>What files call a parameter or a part of a module, where other programs know it by another name than its property's.</summary>
/// <param name="name">The name in files, without dots: <c>weight_ih_l0</c>.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class StoredNameAttribute(string name) : Attribute
{
    /// <summary>The name in files.</summary>
    public string Name { get; } = name;
}
