namespace Nabla;

/// <summary>y = (x − mean) / √(variance + ε) · W + b for each channel of an image: in training over the batch, in an evaluation with running statistics.</summary>
/// <remarks>
/// x, y: [batch, channels, height, width]   W, b, running mean and variance: [channels]; W and the running variance begin as ones, the others as zeros.
/// A training pass divides by the batch's own variance (over all its pixels) and moves the running statistics: running ← (1 − momentum) running +
/// momentum · batch, there with the variance over one pixel less. Stored as PyTorch's BatchNorm2d.
/// S. Ioffe, C. Szegedy, <i>Batch normalization</i>, ICML 2015.
/// </remarks>
public sealed class BatchNorm2d : Module
{
    /// <summary>A layer that normalizes.</summary>
    /// <param name="channels">The second extent of what goes in, at least 1.</param>
    /// <param name="epsilon">Keeps the division finite, above 0.</param>
    /// <param name="momentum">The weight of the newest batch in the running statistics, in [0, 1].</param>
    /// <param name="dtype">Float32 or Float64.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public BatchNorm2d(int channels, double epsilon = 1e-5, double momentum = 0.1, DType dtype = DType.Float32)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (!(epsilon > 0)) throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, $"BatchNorm2d needs an epsilon above 0, got {epsilon}");
        if (momentum is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(momentum), momentum, $"BatchNorm2d needs a momentum in [0, 1], got {momentum}");
        (Epsilon, Momentum) = (epsilon, momentum);
        Weight = new(() => Tensor.Ones([channels], dtype));
        Bias = new(() => Tensor.Zeros([channels], dtype));
        RunningMean = new(() => Tensor.Zeros([channels], dtype), isTrained: false);
        RunningVariance = new(() => Tensor.Ones([channels], dtype), isTrained: false);
        BatchCount = new(() => Tensor.Zeros([], DType.Int64), isTrained: false);
    }

    /// <summary>W: [channels].</summary>
    public Parameter Weight { get; }

    /// <summary>b: [channels].</summary>
    public Parameter Bias { get; }

    /// <summary>What an evaluation subtracts: [channels].</summary>
    public Parameter RunningMean { get; }

    /// <summary>What an evaluation divides by the root of: [channels].</summary>
    [StoredName("running_var")]
    public Parameter RunningVariance { get; }

    /// <summary>How many batches the running statistics have seen: one Int64.</summary>
    [StoredName("num_batches_tracked")]
    public Parameter BatchCount { get; }

    /// <summary>Keeps the division finite.</summary>
    public double Epsilon { get; }

    /// <summary>The weight of the newest batch in the running statistics.</summary>
    public double Momentum { get; }

    /// <inheritdoc/>
    public override string Summary => $"BatchNorm2d {Weight.Shape[0]}";

    /// <inheritdoc/>
    /// <exception cref="ShapeException">x is not [batch, channels, height, width], or a training pass has one pixel a channel alone.</exception>
    protected override Tensor Forward(Tensor x, Pass pass)
    {
        int channels = Weight.Shape[0];
        if (x.Rank != 4 || x.Shape[1] != channels) throw new ShapeException($"{Summary} needs [batch, {channels}, height, width], got {x.Shape}");
        if (!pass.IsTraining)
        {
            Tensor scale = Weight.Value / (RunningVariance.Value + Epsilon).Sqrt();                 // [channels]
            Tensor shift = Bias.Value - (RunningMean.Value * scale);                                // [channels]
            return (x * scale.Reshape([channels, 1, 1])) + shift.Reshape([channels, 1, 1]);
        }
        int pixels = x.Count / channels;
        if (pixels < 2) throw new ShapeException($"{Summary} needs at least two pixels a channel to train on, got {x.Shape}; take a larger batch");
        (Tensor y, Tensor mean, Tensor variance) = x.BatchNormalization(Weight.Value, Bias.Value, Epsilon);
        RunningMean.Assign(Moved(RunningMean.Value, mean));
        RunningVariance.Assign(Moved(RunningVariance.Value, variance * ((double)pixels / (pixels - 1))));
        BatchCount.Assign(BatchCount.Value + 1);
        return y;
    }

    private Tensor Moved(Tensor running, Tensor batch)
    {
        using NoGradient.Section section = NoGradient.Begin();
        return (running * (1 - Momentum)) + (batch * Momentum);
    }
}
