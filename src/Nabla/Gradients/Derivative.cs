namespace Nabla;

/// <summary>What the derivatives of a function at a place share.</summary>
internal static class Derivative
{
    /// <summary>The place as a tensor that gradients flow to: itself, or a leaf with its values where it is a constant.</summary>
    public static Tensor Place(Tensor x, string what)
    {
        if (!x.DType.IsFloating) throw new ArgumentException($"{what} needs a Float32 or Float64 input, got {x.Describe()}; Cast it first");
        if (!x.IsConstant) return x;
        Tensor leaf = Tensor.Empty(x.Spec);
        x.Bytes.CopyTo(leaf.Bytes);
        return x.Name is { } name ? leaf.Named(name) : leaf;
    }

    /// <summary>The gradient with respect to a place; zeros where nothing depends on it.</summary>
    public static Tensor Of(Gradients gradients, Tensor place) =>
        gradients.TryGet(place, out Tensor? gradient) ? gradient : Tensor.Zeros(place.Shape, place.DType).Detach();
}
