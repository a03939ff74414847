using System.Collections.Immutable;
using Nabla.Kernels;
using Nabla.Operations;

namespace Nabla.Compilation;

/// <summary>z = activation(x y + bias) + residual in one pass: what follows a product is done to each tile of it while the tile is near.</summary>
/// <param name="Product">How x and y are read. One right matrix serves the whole batch.</param>
/// <param name="HasBias">Whether a bias of n elements follows x and y.</param>
/// <param name="Activation">An elementwise operation of one input; null for none.</param>
/// <param name="HasResidual">Whether an input of the result's spec is added then.</param>
/// <remarks>
/// Each step rounds as its own operation does, so the bits are those of the operations one by one. Only the compiler makes this operation, after gradients
/// have been taken; it has no backward.
/// </remarks>
internal sealed record FinishedProduct(MatMul Product, bool HasBias, Operation? Activation, bool HasResidual) : FloatingOperation
{
    private readonly GemmChain? chain;

    /// <summary>Elementwise steps that come last, see <see cref="FinishWithChains"/>; their inputs but for the product follow all others.</summary>
    public FusedElementwise? Chain { get; private init; }

    /// <summary>How the chain's inputs lie beside the product.</summary>
    public ImmutableArray<ChainInput> ChainInputs { get; private init; } = [];

    /// <summary>How many inputs there are before those of the chain.</summary>
    public int InputsOfProduct => 2 + (HasBias ? 1 : 0) + (HasResidual ? 1 : 0);

    /// <summary>The same product with a chain behind it.</summary>
    public FinishedProduct With(FusedElementwise steps, ImmutableArray<ChainInput> inputs) =>
        new(this, new GemmChain(steps.Steps, inputs)) { Chain = steps, ChainInputs = inputs };

    private FinishedProduct(FinishedProduct product, GemmChain chain)
        : this(product) => this.chain = chain;

    public override string Name => "MatMul";

    public override Needs Needs => Needs.None;

    public override bool HasGradient => false;

    /// <summary>Whether a product's rows are rows of one product.</summary>
    public static bool Takes(MatMul product, Shape x, Shape y) => y.Product(0, y.Rank - 2) == 1 && (!product.TransposeLeft || x.Product(0, x.Rank - 2) == 1);

    public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs) => Product.Infer(inputs[..2]);

    public override double Arithmetic(ReadOnlySpan<TensorSpec> inputs, TensorSpec output) =>
        Product.Arithmetic(inputs[..2], output)
        + ((HasBias ? 1.0 : 0) + (Activation is null ? 0 : 1) + (HasResidual ? 1 : 0) + (Chain?.Steps.Length ?? 0)) * output.Shape.Count;

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
            Residual = HasResidual ? buffers.InputPointer<T>(next++) : null,
            ResidualRow = columns,
        };
        if (chain is null)
        {
            Product.Run(buffers, epilogue);
            return;
        }
        T** inputs = stackalloc T*[GemmChain.MaxInputs];
        T* target = buffers.OutputPointer<T>(), sums = target;
        int steps = buffers.InputSpec(0).Shape[Product.TransposeLeft ? ^2 : ^1];
        for (int i = 0; i < ChainInputs.Length; i++)
        {
            inputs[i] = ChainInputs[i] == ChainInput.Product ? null : buffers.InputPointer<T>(next++);
            // The sums of all but the last block of k have to wait somewhere, and not where an input is still to be read.
            if (inputs[i] == target && steps > Gemm.Block(steps)) sums = Scratch.Rent<T>(Scratch.Slot.Partial, buffers.OutputSpec.Shape.Count);
        }
        Product.Run(buffers, epilogue with { Chain = chain, ChainInputs = inputs, Target = target, TargetRow = columns }, sums);
    }

    protected override bool PrintMembers(System.Text.StringBuilder builder)
    {
        List<string> parts = [];
        if (Product.TransposeLeft) parts.Add("TransposeLeft");
        if (Product.TransposeRight) parts.Add("TransposeRight");
        if (HasBias) parts.Add("+ bias");
        if (Activation is not null) parts.Add($"{Activation}");
        if (HasResidual) parts.Add("+ residual");
        if (Chain is not null) parts.Add($"{Chain}");
        builder.AppendJoin(", ", parts);
        return true;
    }
}
