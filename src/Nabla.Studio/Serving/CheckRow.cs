namespace Nabla.Serving;

/// <summary>One element's gradient, its central difference, the relative difference, and whether that is small.</summary>
internal sealed record CheckRow(string Name, double Analytic, double Numeric, double Difference, bool Ok);
