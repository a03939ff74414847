using System.Collections.Immutable;

namespace Nabla;

/// <summary>Standardised features: (value - mean) / deviation, column by column. A model kept with it can be fed raw values again.</summary>
public sealed record FeatureScaling
{
    /// <summary>A scaling from its numbers.</summary>
    /// <param name="columnNames">The features, in the order a model takes them; at least one.</param>
    /// <param name="means">One finite number a column.</param>
    /// <param name="deviations">One finite number above 0 a column.</param>
    /// <exception cref="DataException">The lengths differ, or a number cannot scale.</exception>
    public FeatureScaling(ImmutableArray<string> columnNames, ImmutableArray<double> means, ImmutableArray<double> deviations)
    {
        if (columnNames.IsDefaultOrEmpty || means.IsDefault || deviations.IsDefault || means.Length != columnNames.Length
            || deviations.Length != columnNames.Length)
        {
            throw new DataException("a scaling needs one mean and one deviation for each of at least one column, got "
                + $"{(columnNames.IsDefault ? 0 : columnNames.Length)} columns, {(means.IsDefault ? 0 : means.Length)} means, "
                + $"{(deviations.IsDefault ? 0 : deviations.Length)} deviations");
        }
        for (int i = 0; i < columnNames.Length; i++)
        {
            if (!double.IsFinite(means[i]) || !double.IsFinite(deviations[i]) || deviations[i] <= 0)
            {
                throw new DataException($"column '{columnNames[i]}' needs a finite mean and a finite deviation above 0, "
                    + $"got {means[i]:R} and {deviations[i]:R}");
            }
        }
        (ColumnNames, Means, Deviations) = (columnNames, means, deviations);
    }

    /// <summary>The features, in the order a model takes them.</summary>
    public ImmutableArray<string> ColumnNames { get; }

    /// <summary>Each feature's mean over the training rows.</summary>
    public ImmutableArray<double> Means { get; }

    /// <summary>Each feature's deviation over the training rows (divided by their number); 1 where a feature never changes there.</summary>
    public ImmutableArray<double> Deviations { get; }

    /// <summary>Standardises one row, in float64, and rounds once.</summary>
    /// <param name="row">[features], raw values.</param>
    /// <param name="destination">[features].</param>
    /// <exception cref="ArgumentException">A length differs from the number of features.</exception>
    public void Apply(ReadOnlySpan<double> row, Span<float> destination)
    {
        if (row.Length != Means.Length || destination.Length != Means.Length)
        {
            throw new ArgumentException($"the scaling has {Means.Length} features, got {row.Length} values and room for {destination.Length}");
        }
        for (int i = 0; i < row.Length; i++)
        {
            destination[i] = (float)((row[i] - Means[i]) / Deviations[i]);
        }
    }

    /// <summary>Equal where all names and numbers are.</summary>
    public bool Equals(FeatureScaling? other) => other is not null && ColumnNames.SequenceEqual(other.ColumnNames)
        && Means.SequenceEqual(other.Means) && Deviations.SequenceEqual(other.Deviations);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(ColumnNames.Length, ColumnNames[0], Means[0], Deviations[0]);

    /// <summary>Mean and deviation of each column of a table of numbers.</summary>
    /// <param name="columnNames">[features].</param>
    /// <param name="rows">Rows of [features] finite values; at least one row.</param>
    internal static FeatureScaling Fit(ImmutableArray<string> columnNames, IReadOnlyList<double[]> rows)
    {
        double[] means = new double[columnNames.Length], deviations = new double[columnNames.Length];
        for (int column = 0; column < columnNames.Length; column++)
        {
            double first = rows[0][column], sum = 0, squares = 0;
            bool changes = false;
            foreach (double[] row in rows)
            {
                sum += row[column];
                changes |= row[column] != first;
            }
            double mean = sum / rows.Count;
            foreach (double[] row in rows)
            {
                squares += (row[column] - mean) * (row[column] - mean);
            }
            double deviation = Math.Sqrt(squares / rows.Count);
            // Differences so small that their squares vanish cannot be stretched to 1; such a column counts as one that never changes.
            bool usable = changes && deviation > 0;
            (means[column], deviations[column]) = (usable || changes ? mean : first, usable ? deviation : 1);
        }
        return new FeatureScaling(columnNames, [.. means], [.. deviations]);
    }
}
