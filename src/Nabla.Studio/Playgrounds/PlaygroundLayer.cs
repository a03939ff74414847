namespace Nabla.Playgrounds;

/// <summary>A layer of the playground's network: weights[output][input], and the gradients of the last step.</summary>
internal sealed record PlaygroundLayer
{
    public required IReadOnlyList<IReadOnlyList<float>> Weights { get; init; }

    public required IReadOnlyList<float> Biases { get; init; }

    /// <summary>∂loss/∂weight of the last step's batch; zeros before the first step.</summary>
    public required IReadOnlyList<IReadOnlyList<float>> WeightGradients { get; init; }

    public required IReadOnlyList<float> BiasGradients { get; init; }

    /// <summary>√Σ(∂loss/∂w)² over weights and biases.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>What each unit gives over the plane: from its least value there, 0, to its greatest, 255.</summary>
    public required IReadOnlyList<byte[]> Units { get; init; }
}
