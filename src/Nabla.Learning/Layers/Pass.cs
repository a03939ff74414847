namespace Nabla;

/// <summary>What a forward pass is for: evaluation, where nothing is random, or training, where dropout draws from a key.</summary>
/// <remarks>
/// Nothing is ambient: a module knows that it is being trained from this argument alone. Make one for each forward pass: the n-th draw of a pass
/// takes
/// the key's n-th stream, so that each dropout has a stream of its own, whichever module it stands in and however often it is used.
/// </remarks>
public readonly record struct Pass
{
    private readonly Draws? draws;

    private Pass(Draws draws) => this.draws = draws;

    /// <summary>No randomness, and running statistics stay as they are.</summary>
    public static Pass Evaluation => default;

    /// <summary>A pass that learns.</summary>
    /// <param name="key">What is drawn depends on it alone: take another for each step, in a traced function from an input.</param>
    public static Pass Training(RandomKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new(new Draws(key));
    }

    /// <summary>Whether the pass is one that learns.</summary>
    public bool IsTraining => draws is not null;

    /// <summary>The key for the next thing drawn in this pass.</summary>
    /// <exception cref="InvalidOperationException">The pass is an evaluation, in which nothing is drawn.</exception>
    public RandomKey NextKey() => draws is not null
        ? draws.Next()
        : throw new InvalidOperationException(
            "a key needs Pass.Training, got Pass.Evaluation; ask IsTraining first: nothing is random in an evaluation");

    /// <summary><c>Training</c> or <c>Evaluation</c>.</summary>
    public override string ToString() => IsTraining ? "Training" : "Evaluation";

    private sealed class Draws(RandomKey key)
    {
        private long count;

        public RandomKey Next() => key.At(count++);
    }
}
