namespace Nabla;

/// <summary>One element's gradient beside its central difference.</summary>
/// <param name="Name">The leaf.</param>
/// <param name="Element">Which element of it, row-major.</param>
/// <param name="Backpropagation">What the backward pass says.</param>
/// <param name="CentralDifference">(f(x + h) − f(x − h)) / 2h.</param>
public readonly record struct GradientComparison(string Name, int Element, double Backpropagation, double CentralDifference)
{
    /// <summary>|difference| / max(1, |one|, |the other|); infinite where one of them is not a number.</summary>
    public double RelativeError
    {
        get
        {
            double error = Math.Abs(Backpropagation - CentralDifference)
                / Math.Max(1, Math.Max(Math.Abs(Backpropagation), Math.Abs(CentralDifference)));
            return double.IsNaN(error) ? double.PositiveInfinity : error;
        }
    }
}
