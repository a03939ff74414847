using System.Collections.Immutable;

namespace Nabla;

/// <summary>A function over a stretch of numbers, with its derivative, both computed by the engine.</summary>
public sealed class PlotCurve
{
    private readonly Lazy<(ImmutableArray<double> Values, ImmutableArray<double> Derivative)> points;

    internal PlotCurve(string name, string formula, Func<Tensor, Tensor> function, ImmutableArray<double> x)
    {
        Name = name;
        Formula = formula;
        points = new(() =>
        {
            Tensor at = Tensor.From<double>(x.AsSpan(), [x.Length]);
            Tensor values = function(at);
            // Each point's value depends on that point alone, so the gradient of the sum holds every point's derivative.
            return ([.. values.ToDoubles()], [.. values.Sum().Backward()[at].ToDoubles()]);
        });
    }

    /// <summary>What people call it: <c>ReLU</c>.</summary>
    public string Name { get; }

    /// <summary>How it is computed: <c>max(x, 0)</c>.</summary>
    public string Formula { get; }

    /// <summary>Its value at each x.</summary>
    public ImmutableArray<double> Values => points.Value.Values;

    /// <summary>Its derivative at each x.</summary>
    public ImmutableArray<double> Derivative => points.Value.Derivative;
}
