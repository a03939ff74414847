using System.Collections.Immutable;
using Nabla.Kernels;
using Nabla.Operations;

namespace Nabla.Compilation;

/// <summary>z = activation(x y + bias) + residual in one pass: what follows a product is done to each tile of it while the tile is near.</summary>
/// <param name="Product">How x and y are read. One right matrix serves the whole batch.</param>
/// <param name="HasBias">Whether a bias of n elements follows x and y.</param>
/// <param name="Activation">An elementwise operation of one input; null for none.</param>
/// <param name="HasResidual">Whether the last input, of the result's spec, is added.</param>
/// <remarks>
/// Each step rounds as its own operation does, so the bits are those of the operations one by one. Only the compiler makes this operation, after gradients
/// have been taken; it has no backward.
/// </remarks>
internal sealed record FinishedProduct(MatMul Product, bool HasBias, Operation? Activation, bool HasResidual) : FloatingOperation
{
    public override string Name => "MatMul";

    public override Needs Needs => Needs.None;

    public override bool HasGradient => false;

    /// <summary>Whether a product's rows are rows of one product.</summary>
    public static bool Takes(MatMul product, Shape x, Shape y) => y.Product(0, y.Rank - 2) == 1 && (!product.TransposeLeft || x.Product(0, x.Rank - 2) == 1);

    public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs) => Product.Infer(inputs[..2]);

    public override double Arithmetic(ReadOnlySpan<TensorSpec> inputs, TensorSpec output) =>
        Product.Arithmetic(inputs[..2], output)
        + ((HasBias ? 1.0 : 0) + (Activation is null ? 0 : 1) + (HasResidual ? 1 : 0)) * output.Shape.Count;

    public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) =>
        throw new InvalidOperationException("a finished product is made after gradients are taken and has none of its own");

    protected override unsafe void Forward<T>(Buffers buffers)
    {
        int columns = buffers.OutputSpec.Shape[^1], next = 2;
        GemmEpilogue<T> epilogue = new()
        {
            Bias = HasBias ? buffers.InputPointer<T>(next++) : null,
            BiasColumn = 1,
            Activation = (IElementwise?)Activation,
            Residual = HasResidual ? buffers.InputPointer<T>(next) : null,
            ResidualRow = columns,
        };
        Product.Run(buffers, epilogue);
    }

    protected override bool PrintMembers(System.Text.StringBuilder builder)
    {
        List<string> parts = [];
        if (Product.TransposeLeft) parts.Add("TransposeLeft");
        if (Product.TransposeRight) parts.Add("TransposeRight");
        if (HasBias) parts.Add("+ bias");
        if (Activation is not null) parts.Add($"{Activation}");
        if (HasResidual) parts.Add("+ residual");
        builder.AppendJoin(", ", parts);
        return true;
    }
}
