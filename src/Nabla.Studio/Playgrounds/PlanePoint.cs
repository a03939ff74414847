namespace Nabla.Playgrounds;

/// <summary>A point of the plane with its class, 0 or 1.</summary>
internal sealed record PlanePoint(double X, double Y, int Label, bool IsTest = false);
