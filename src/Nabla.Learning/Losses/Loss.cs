namespace Nabla;

/// <summary>How wrong a prediction is, as one number to make small.</summary>
public static class Loss
{
    /// <summary>Mean of (prediction − target)² over all elements.</summary>
    /// <param name="prediction">Any shape.</param>
    /// <param name="target">The same shape and element type.</param>
    /// <returns>A scalar ≥ 0.</returns>
    /// <remarks>Gradient: 2 (prediction − target) / elements.</remarks>
    /// <exception cref="ShapeException">The shapes differ: broadcasting here would nearly always be a mistake.</exception>
    public static Tensor MeanSquaredError(Tensor prediction, Tensor target)
    {
        RequireSameShape(nameof(MeanSquaredError), prediction, target);
        return (prediction - target).Square().Mean();
    }

    /// <summary>Mean of −ln softmax(logits)[target] over the batch, in nats.</summary>
    /// <param name="logits">[batch, classes], any real values; shifted by their maximum first. More axes before the classes count as batch.</param>
    /// <param name="targets">[batch], Int32 or Int64 in [0, classes).</param>
    /// <returns>A scalar ≥ 0; ln(classes) for a uniform guess.</returns>
    /// <remarks>Gradient: (softmax(logits) − onehot(targets)) / batch.</remarks>
    /// <exception cref="ShapeException">There is not one target for each row of logits.</exception>
    /// <exception cref="ArgumentException">The targets are not whole numbers.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A target is outside [0, classes); the message gives its row.</exception>
    public static Tensor CrossEntropy(Tensor logits, Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(targets);
        return logits.CrossEntropy(targets).Mean();   // of [batch]
    }

    /// <summary>Mean of −(t ln σ(x) + (1 − t) ln(1 − σ(x))) over all elements, in nats, computed without σ, so that large logits stay
    /// exact.</summary>
    /// <param name="logits">Any shape, any real values.</param>
    /// <param name="targets">The same shape and element type, in [0, 1].</param>
    /// <returns>A scalar ≥ 0; ln 2 where all logits are 0.</returns>
    /// <remarks>Gradient: (σ(logits) − targets) / elements.</remarks>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static Tensor BinaryCrossEntropyWithLogits(Tensor logits, Tensor targets)
    {
        RequireSameShape(nameof(BinaryCrossEntropyWithLogits), logits, targets);
        // −ln σ(x) = softplus(−x) and −ln(1 − σ(x)) = softplus(x): each accurate where it is small.
        return ((targets * (-logits).Softplus()) + ((1 - targets) * logits.Softplus())).Mean();
    }

    private static void RequireSameShape(string name, Tensor prediction, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(target);
        if (prediction.Shape != target.Shape)
        {
            throw new ShapeException($"{name} needs prediction and target of one shape, got {prediction.Shape} and {target.Shape}; "
                + (prediction.Count == target.Count ? "Reshape one of them" : "check that both are of one batch"));
        }
    }
}
