using System.Collections.Immutable;
using Nabla.Operations;

namespace Nabla.Compilation;

/// <summary>y = activation(x ∗ weight + bias) in one pass, as <see cref="FinishedProduct"/> is for a matrix product.</summary>
/// <param name="Window">How the window moves.</param>
/// <param name="HasBias">Whether a number for each output channel follows x and weight.</param>
/// <param name="Activation">An elementwise operation of one input; null for none.</param>
internal sealed record FinishedConvolution(Convolution2d Window, bool HasBias, Operation? Activation) : FloatingOperation
{
    public override string Name => "Convolution2d";

    public override Needs Needs => Needs.None;

    public override bool HasGradient => false;

    public override TensorSpec Infer(ReadOnlySpan<TensorSpec> inputs) => Window.Infer(inputs[..2]);

    public override double Arithmetic(ReadOnlySpan<TensorSpec> inputs, TensorSpec output) =>
        Window.Arithmetic(inputs[..2], output) + (((HasBias ? 1.0 : 0) + (Activation is null ? 0 : 1)) * output.Shape.Count);

    public override ImmutableArray<Tensor?> Backward(Application application, Tensor upstream) =>
        throw new InvalidOperationException("a finished convolution is made after gradients are taken and has none of its own");

    protected override unsafe void Forward<T>(Buffers buffers) =>
        Window.Run(buffers, HasBias ? buffers.InputPointer<T>(2) : null, (IElementwise?)Activation);

    protected override bool PrintMembers(System.Text.StringBuilder builder)
    {
        List<string> parts = [$"Stride = {Window.Stride}, Padding = {Window.Padding}"];
        if (Window.Dilation != [1, 1]) parts.Add($"Dilation = {Window.Dilation}");
        if (Window.Groups != 1) parts.Add($"Groups = {Window.Groups}");
        if (HasBias) parts.Add("+ bias");
        if (Activation is not null) parts.Add($"{Activation}");
        builder.AppendJoin(", ", parts);
        return true;
    }
}
