using System.Collections.Immutable;
using System.Globalization;
using Nabla.Operations;

namespace Nabla;

/// <summary>A table of numbers with a class in each row, parted into training and test and standardised.</summary>
/// <param name="Data">Samples of [features].</param>
/// <param name="Scaling">What was done to the features; its numbers come from the training rows alone.</param>
/// <param name="LabelColumn">The column that holds the classes.</param>
public sealed record CsvDataset(DatasetPair Data, FeatureScaling Scaling, string LabelColumn)
{
    private const int FewestRows = 10;

    private static readonly string[] LabelNames = ["label", "class", "target", "species", "category"];

    /// <summary>Reads a table, parts it by chance into training and test, and standardises the features by the training part.</summary>
    /// <param name="path">A CSV file with a header row.</param>
    /// <param name="labelColumn">The column of classes, texts or integers. Null takes one called label, class, target, species or category,
    /// else the last one.</param>
    /// <param name="options">Delimiter, share of the test and seed; null takes what <see cref="CsvOptions"/> begins with.</param>
    /// <exception cref="DataException">The table is damaged, a feature is missing or no number, there is no such column, fewer than 10 rows, or
    /// fewer than 2 classes.</exception>
    public static CsvDataset Load(string path, string? labelColumn = null, CsvOptions? options = null)
    {
        options ??= new CsvOptions();
        return FromTable(CsvTable.Load(path, options.Delimiter), labelColumn, options);
    }

    /// <summary>As <see cref="Load"/>, from a table at hand.</summary>
    /// <param name="table">The table.</param>
    /// <param name="labelColumn">The column of classes, or null to choose as <see cref="Load"/> does.</param>
    /// <param name="options">Share of the test and seed; null takes what <see cref="CsvOptions"/> begins with.</param>
    /// <exception cref="DataException">As <see cref="Load"/>.</exception>
    public static CsvDataset FromTable(CsvTable table, string? labelColumn = null, CsvOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        options ??= new CsvOptions();
        if (options.TestShare is not (> 0 and < 1))
        {
            string share = options.TestShare.ToString(CultureInfo.InvariantCulture);
            throw new DataException($"{table.Name}: the share of the test needs to lie between 0 and 1, got {share}");
        }
        if (table.RowCount < FewestRows)
        {
            throw new DataException($"{table.Name}: training and test need at least {FewestRows} rows together, got {table.RowCount}; add rows");
        }
        int label = FindLabel(table, labelColumn);
        ImmutableArray<string> classes = FindClasses(table, label);
        ImmutableArray<string> features = [.. table.Columns.Where((_, column) => column != label)];
        int[] columns = [.. Enumerable.Range(0, table.Columns.Length).Where(column => column != label)];
        double[][] rows = [.. Enumerable.Range(0, table.RowCount).Select(row => Features(table, row, columns))];
        int[] labels = [.. Enumerable.Range(0, table.RowCount).Select(row => ClassOf(table, row, label, classes))];

        int[] order = Shuffle(table.RowCount, options.Seed);
        int testCount = Math.Clamp((int)Math.Round(table.RowCount * options.TestShare), 1, table.RowCount - 1);
        int[] train = order[testCount..], test = order[..testCount];
        FeatureScaling scaling = FeatureScaling.Fit(features, [.. train.Select(row => rows[row])]);
        return new CsvDataset(
            new DatasetPair(Build(table, rows, labels, train, scaling, classes), Build(table, rows, labels, test, scaling, classes)),
            scaling, table.Columns[label]);
    }

    /// <summary>Reads a whole table for a model that learned before: the same columns by name, the same scaling, the same classes.</summary>
    /// <param name="path">A CSV file with a header row; columns in any order, others are passed over.</param>
    /// <param name="scaling">What the model learned with.</param>
    /// <param name="classes">The model's classes, in order.</param>
    /// <param name="labelColumn">The column of classes.</param>
    /// <param name="delimiter">The character between fields; null detects it.</param>
    /// <exception cref="DataException">A column is missing, a feature is missing or no number, or a class is unknown.</exception>
    public static Dataset LoadFor(string path, FeatureScaling scaling, ImmutableArray<string> classes, string labelColumn, char? delimiter = null)
    {
        ArgumentNullException.ThrowIfNull(scaling);
        CsvTable table = CsvTable.Load(path, delimiter);
        double[][] rows = FeaturesFor(table, scaling);
        int label = FindLabel(table, labelColumn);
        int[] labels = [.. Enumerable.Range(0, table.RowCount).Select(row => ClassOf(table, row, label, classes))];
        return Build(table, rows, labels, [.. Enumerable.Range(0, table.RowCount)], scaling, classes);
    }

    /// <summary>Reads the features of a table whose classes are to be found: the same columns by name, the same scaling.</summary>
    /// <param name="path">A CSV file with a header row; columns in any order, others are passed over.</param>
    /// <param name="scaling">What the model learned with.</param>
    /// <returns>[rows, features], row after row.</returns>
    /// <exception cref="DataException">A column is missing, or a feature is missing or no number.</exception>
    public static float[] LoadFeatures(string path, FeatureScaling scaling)
    {
        ArgumentNullException.ThrowIfNull(scaling);
        double[][] rows = FeaturesFor(CsvTable.Load(path), scaling);
        int width = scaling.ColumnNames.Length;
        float[] values = new float[rows.Length * width];
        for (int row = 0; row < rows.Length; row++) scaling.Apply(rows[row], values.AsSpan(row * width, width));
        return values;
    }

    private static double[][] FeaturesFor(CsvTable table, FeatureScaling scaling)
    {
        string[] missing = [.. scaling.ColumnNames.Where(name => !table.Columns.Contains(name))];
        if (missing.Length > 0)
        {
            throw new DataException($"{table.Name}: the model needs the columns {List(scaling.ColumnNames)}, and {List(missing)} "
                + $"{(missing.Length == 1 ? "is" : "are")} missing; the table has {List(table.Columns)}");
        }
        int[] columns = [.. scaling.ColumnNames.Select(name => table.Columns.IndexOf(name))];
        return [.. Enumerable.Range(0, table.RowCount).Select(row => Features(table, row, columns))];
    }

    private static int FindLabel(CsvTable table, string? wanted)
    {
        if (table.Columns.Length < 2)
        {
            throw new DataException($"{table.Name}: a column of classes and at least one of numbers are needed, got {List(table.Columns)} alone; "
                + "check the character between the fields");
        }
        if (wanted is not null)
        {
            int found = table.Columns.IndexOf(wanted);
            return found >= 0
                ? found
                : throw new DataException($"{table.Name}: there is no column '{wanted}'; the columns are {List(table.Columns)}: "
                    + "choose one of them with --label NAME");
        }
        foreach (string name in LabelNames)
        {
            for (int column = 0; column < table.Columns.Length; column++)
            {
                if (string.Equals(table.Columns[column], name, StringComparison.OrdinalIgnoreCase))
                {
                    return column;
                }
            }
        }
        return table.Columns.Length - 1;
    }

    private static ImmutableArray<string> FindClasses(CsvTable table, int label)
    {
        string column = table.Columns[label];
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int row = 0; row < table.RowCount; row++)
        {
            names.Add(LabelAt(table, row, label));
        }
        if (names.Count < 2)
        {
            throw new DataException($"{table.Name}: at least 2 classes are needed, and column '{column}' holds '{names.Single()}' in all "
                + $"{table.RowCount} rows; the columns are {List(table.Columns)}: choose another with --label NAME");
        }
        if (names.Count > table.RowCount / 2)
        {
            throw new DataException($"{table.Name}: classes need to come back, and column '{column}' holds {names.Count} different values in "
                + $"{table.RowCount} rows; the columns are {List(table.Columns)}: choose another with --label NAME");
        }
        return names.All(name => long.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            ? [.. names.OrderBy(Integer).ThenBy(name => name, StringComparer.Ordinal)]
            : [.. names.Order(StringComparer.Ordinal)];
    }

    private static int ClassOf(CsvTable table, int row, int label, ImmutableArray<string> classes)
    {
        string name = LabelAt(table, row, label);
        int found = classes.IndexOf(name);
        return found >= 0
            ? found
            : throw new DataException($"{table.Name}: {table.Where(row)}, column '{table.Columns[label]}': '{name}' is none of the classes "
                + $"{List(classes)}; remove the row, or train with it");
    }

    private static string LabelAt(CsvTable table, int row, int label)
    {
        string name = table[row, label];
        return IsMissing(name)
            ? throw new DataException($"{table.Name}: {table.Where(row)}, column '{table.Columns[label]}': the class is missing "
                + $"('{name}'); fill it in or remove the row")
            : name;
    }

    private static double[] Features(CsvTable table, int row, int[] columns)
    {
        double[] values = new double[columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            string text = table[row, columns[i]];
            string Where() => $"{table.Name}: {table.Where(row)}, column '{table.Columns[columns[i]]}'";
            if (IsMissing(text))
            {
                throw new DataException($"{Where()}: the value is missing ('{text}'); fill it in, or remove the row or the column");
            }
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]))
            {
                throw new DataException($"{Where()}: '{text}' is not a number; write numbers with a decimal point, replace the texts of a column by "
                    + "numbers, or remove the column (the column of classes is chosen with --label NAME)");
            }
            if (!(Math.Abs(values[i]) <= float.MaxValue))
            {
                throw new DataException($"{Where()}: '{text}' is beyond what a float32 holds; use smaller units");
            }
        }
        return values;
    }

    private static bool IsMissing(string text) =>
        text is "" or "?" || text.Equals("na", StringComparison.OrdinalIgnoreCase) || text.Equals("nan", StringComparison.OrdinalIgnoreCase);

    private static long Integer(string text) => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    /// <summary>0 to count - 1 in an order drawn by the seed (R. Durstenfeld, <i>Algorithm 235: Random permutation</i>, 1964).</summary>
    private static int[] Shuffle(int count, ulong seed)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        for (int last = count - 1; last > 0; last--)
        {
            (uint word, _, _, _) = Philox.Words(seed, (ulong)last);
            int other = (int)(((ulong)word * (uint)(last + 1)) >> 32);
            (order[last], order[other]) = (order[other], order[last]);
        }
        return order;
    }

    private static Dataset Build(CsvTable table, double[][] rows, int[] labels, int[] chosen, FeatureScaling scaling, ImmutableArray<string> classes)
    {
        int width = scaling.ColumnNames.Length;
        float[] values = new float[chosen.Length * width];
        for (int i = 0; i < chosen.Length; i++)
        {
            Span<float> sample = values.AsSpan(i * width, width);
            scaling.Apply(rows[chosen[i]], sample);
            foreach (float value in sample)
            {
                if (!float.IsFinite(value))
                {
                    throw new DataException($"{table.Name}: {table.Where(chosen[i])} has a value so far from the training rows that its scaled "
                        + "form is beyond a float32; correct or remove the row");
                }
            }
        }
        string name = Path.GetFileNameWithoutExtension(table.Name);
        return Dataset.FromFloats(name.Length > 0 ? name : "table", $"Rows of the table {table.Name}, standardised.", [width], values,
            chosen.Select(row => labels[row]).ToArray(), classes);
    }

    private static string List(IEnumerable<string> names)
    {
        const int shown = 20;
        string[] all = [.. names];
        string list = string.Join(", ", all.Take(shown).Select(name => $"'{name}'"));
        return all.Length > shown ? $"{list} and {all.Length - shown} more" : list;
    }
}
