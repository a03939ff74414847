using System.Collections.Immutable;
using System.Text.Json;
using Nabla.Lessons;

namespace Nabla;

/// <summary>Curves beside their derivatives.</summary>
public sealed class PlotSection : LessonSection
{
    internal PlotSection(double from, double to, int points, params ReadOnlySpan<(string Name, string Formula, Func<Tensor, Tensor> Function)> curves)
    {
        ImmutableArray<double> x = [.. Enumerable.Range(0, points).Select(i => from + ((to - from) * i / (points - 1)))];
        X = x;
        ImmutableArray<PlotCurve>.Builder all = ImmutableArray.CreateBuilder<PlotCurve>();
        foreach ((string name, string formula, Func<Tensor, Tensor> function) in curves) all.Add(new(name, formula, function, x));
        Curves = all.ToImmutable();
    }

    /// <summary>The places, from left to right.</summary>
    public ImmutableArray<double> X { get; }

    /// <summary>The functions.</summary>
    public ImmutableArray<PlotCurve> Curves { get; }

    internal override string Kind => "plot";

    internal override void Write(Utf8JsonWriter json, Language language)
    {
        Json.Numbers(json, "x", X);
        json.WriteStartArray("curves");
        foreach (PlotCurve curve in Curves)
        {
            json.WriteStartObject();
            json.WriteString("name", curve.Name);
            json.WriteString("formula", curve.Formula);
            Json.Numbers(json, "values", curve.Values);
            Json.Numbers(json, "derivative", curve.Derivative);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
