using System.Globalization;
using System.Numerics;

namespace Nabla;

/// <summary>Finds where a training first left the numbers.</summary>
internal static class NonFinite
{
    public static TrainingException Explain(Module model, Optimizer optimizer, Batch batch, Gradients gradients, string what)
    {
        long step = optimizer.StepCount + 1;
        string begin = $"training stopped at step {step}, before its update: {what}";
        if (Find(batch.Inputs) is { } input)
        {
            int sample = batch.Indices.Span[input.Index / (batch.Inputs.Count / batch.Count)];
            return new($"{begin}, and sample {sample} of the data holds {input.Text}; correct or remove the sample", step);
        }
        foreach (Parameter parameter in model.Parameters)
        {
            if (Find(parameter.Value) is { } value)
            {
                return new(
                    $"{begin}, and the first parameter that is not finite is {parameter} with {value.Text}; "
                    + $"{Way(optimizer)}, and load weights saved before",
                    step);
            }
        }
        foreach (Parameter parameter in model.Parameters)
        {
            if (gradients.TryGet(parameter.Cell, out Tensor? gradient) && Find(gradient) is { } value)
                return new($"{begin}, and the first gradient that is not finite is that of {parameter} with {value.Text}; {Way(optimizer)}", step);
        }
        return new($"{begin}, while all parameters and their gradients are finite; {Way(optimizer)}, or check the loss function", step);
    }

    private static string Way(Optimizer optimizer) => string.Create(
        CultureInfo.InvariantCulture,
        $"lower the learning rate (now {optimizer.LearningRate:G6}; a tenth of it is a good try) or clip the gradients' norm");

    private static (int Index, string Text)? Find(Tensor tensor)
    {
        if (tensor.DType == DType.Float32) return Find(tensor.AsSpan<float>());
        return tensor.DType == DType.Float64 ? Find(tensor.AsSpan<double>()) : null;
    }

    private static (int Index, string Text)? Find<T>(ReadOnlySpan<T> values)
        where T : IFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Length; i++)
            if (!T.IsFinite(values[i])) return (i, values[i].ToString(null, CultureInfo.InvariantCulture));
        return null;
    }
}
