using System.Runtime.InteropServices;
using Nabla.Compilation;

namespace Nabla.Graphs;

/// <summary>Applies operations: infers, runs, records. The one way in which a tensor comes from others.</summary>
internal static class Engine
{
    public static Tensor Apply(Operation operation, ReadOnlySpan<Tensor> inputs)
    {
        Span<TensorSpec> specs = inputs.Length <= 8 ? stackalloc TensorSpec[inputs.Length] : new TensorSpec[inputs.Length];
        bool isConstant = true;
        for (int i = 0; i < inputs.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(inputs[i]);
            specs[i] = inputs[i].Spec;
            isConstant &= inputs[i].IsConstant;
        }
        TensorSpec spec = operation.Infer(specs);
        isConstant = isConstant || NoGradient.IsOn || !operation.HasGradient || !spec.DType.IsFloating;
        if (TraceContext.Current is { } trace) return trace.Record(operation, inputs, spec, isConstant);

        Tensor output = Tensor.Empty(spec, isConstant);
        operation.Forward(new Buffers(inputs, output));
        // Kernels read through pointers, which the collector does not see.
        foreach (Tensor input in inputs) GC.KeepAlive(input);
        GraphObserver? observer = GraphObserver.Current;
        if (isConstant && observer is null) return output;
        Node node = new(operation, ImmutableCollectionsMarshal.AsImmutableArray(inputs.ToArray()), output);
        // A constant does not hold on to what it was made from, or a loop over constants would keep its whole past alive.
        if (!isConstant) output.Producer = node;
        observer?.Applied(node);
        return output;
    }
}
