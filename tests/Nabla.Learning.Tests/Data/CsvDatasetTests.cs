using System.Globalization;

namespace Nabla.Learning.Tests;

public class CsvDatasetTests
{
    [Fact]
    public void Training_features_have_mean_0_and_deviation_1_and_the_test_took_no_part_in_it()
    {
        // 50 rows of a line, a parabola and a constant; the value of the first tells which row a sample was.
        string text = "line,parabola,constant,species\n" + string.Concat(Enumerable.Range(0, 50).Select(
            i => string.Create(CultureInfo.InvariantCulture, $"{i},{(i - 20) * (i - 20) * 1e-3},0.1,{(i % 2 == 0 ? "even" : "odd")}\n")));
        CsvDataset table = CsvDataset.FromTable(CsvTable.Parse(text, "numbers.csv"));
        Assert.Equal("species", table.LabelColumn);
        Assert.Equal(["even", "odd"], table.Data.Train.Classes.ToArray());
        Assert.Equal((40, 10), (table.Data.Train.Count, table.Data.Test.Count));

        double[][] train = Rows(table.Data.Train);
        for (int column = 0; column < 2; column++)
        {
            Assert.Equal(0, train.Average(row => row[column]), 1e-6);
            Assert.Equal(1, train.Average(row => row[column] * row[column]), 1e-6);
        }
        Assert.All(train.Concat(Rows(table.Data.Test)), row => Assert.Equal(0, row[2]));
        Assert.Equal((0.1, 1.0), (table.Scaling.Means[2], table.Scaling.Deviations[2]));

        // Undone by the kept numbers, training and test are the 50 rows again, each once and with its own label.
        (double Line, double Parabola, int Label)[] raw = [.. new[] { table.Data.Train, table.Data.Test }.SelectMany(data =>
            Rows(data).Select((row, i) => (Raw(row[0], 0), Raw(row[1], 1), data.Labels.Span[i])))];
        double Raw(double scaled, int column) => scaled * table.Scaling.Deviations[column] + table.Scaling.Means[column];
        foreach (((double line, double parabola, int label), int i) in raw.OrderBy(row => row.Line).Select((row, i) => (row, i)))
        {
            Assert.Equal(i, line, 1e-4);
            Assert.Equal((i - 20) * (i - 20) * 1e-3, parabola, 1e-4);
            Assert.Equal(i % 2, label);
        }
    }

    [Fact]
    public void The_seed_chooses_the_test()
    {
        CsvTable table = CsvTable.Parse(Numbers(100), "numbers.csv");
        float[] Test(ulong seed) => [.. Rows(CsvDataset.FromTable(table, options: new CsvOptions { Seed = seed, TestShare = 0.3 }).Data.Test)
            .Select(row => (float)row[0])];

        Assert.Equal(30, Test(1).Length);
        Assert.Equal(Test(1), Test(1));
        Assert.NotEqual(Test(1), Test(2));
    }

    [Theory]
    [InlineData("x,Class,z", 1)]
    [InlineData("target,x,z", 0)]
    [InlineData("x,SPECIES,label", 2)]
    [InlineData("x,y,z", 2)]
    public void The_label_column_is_found_by_its_name_or_is_the_last(string header, int expected)
    {
        string text = header + "\n" + string.Concat(Enumerable.Range(0, 10).Select(i => $"{i % 2},{i % 2},{i % 2}\n"));
        Assert.Equal(header.Split(',')[expected], CsvDataset.FromTable(CsvTable.Parse(text, "t")).LabelColumn);
        Assert.Equal("x", CsvDataset.FromTable(CsvTable.Parse(text, "t"), "x").LabelColumn);
    }

    [Fact]
    public void Integers_are_ordered_by_value_and_texts_by_their_characters()
    {
        string[] Classes(params string[] labels) => [.. CsvDataset.FromTable(CsvTable.Parse("x,label\n"
            + string.Concat(Enumerable.Range(0, 12).Select(i => $"{i},{labels[i % labels.Length]}\n")), "t")).Data.Train.Classes];

        Assert.Equal(["-1", "2", "10"], Classes("10", "2", "-1"));
        Assert.Equal(["-1", "10", "2", "b"], Classes("b", "10", "2", "-1"));
        Assert.Equal(["B", "a", "ä"], Classes("ä", "a", "B"));
    }

    [Theory]
    [InlineData("colour", 6, "red", "row 7 (line 8), column 'colour': 'red' is not a number")]
    [InlineData("colour", 0, "1,5", "row 1 (line 2), column 'colour': '1,5' is not a number")]
    [InlineData("colour", 2, "", "row 3 (line 4), column 'colour': the value is missing ('')")]
    [InlineData("size", 9, "NA", "row 10 (line 11), column 'size': the value is missing ('NA')")]
    [InlineData("size", 9, "NaN", "row 10 (line 11), column 'size': the value is missing ('NaN')")]
    [InlineData("size", 9, "?", "row 10 (line 11), column 'size': the value is missing ('?')")]
    [InlineData("size", 1, "1e39", "row 2 (line 3), column 'size': '1e39' is beyond what a float32 holds")]
    [InlineData("size", 1, "Infinity", "column 'size': 'Infinity' is beyond what a float32 holds")]
    [InlineData("label", 4, " ", "row 5 (line 6), column 'label': the class is missing")]
    public void A_bad_field_is_named_by_row_and_column(string column, int row, string value, string expected)
    {
        string[] columns = ["colour", "size", "label"];
        string[][] fields = [.. Enumerable.Range(0, 12).Select(i => (string[])[$"{i}", $"{i * 2}", $"{i % 2}"])];
        fields[row][Array.IndexOf(columns, column)] = value;
        string text = string.Join(';', columns) + "\n" + string.Concat(fields.Select(row => string.Join(';', row) + "\n"));
        Assert.Contains(expected, Refusal(text));
    }

    [Fact]
    public void A_table_that_cannot_teach_is_refused()
    {
        Assert.Contains("at least 10 rows together, got 9", Refusal(Numbers(9)));
        Assert.Contains("at least 2 classes are needed, and column 'label' holds '0' in all 12 rows", Refusal(Numbers(12).Replace(",1\n", ",0\n")));
        string unlike = Refusal("x,price\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"1,{i}.5\n")));
        Assert.Contains("column 'price' holds 20 different values in 20 rows", unlike);
        Assert.Contains("--label NAME", unlike);
        string missing = Assert.Throws<DataException>(() => CsvDataset.FromTable(CsvTable.Parse(Numbers(12), "t"), "kind")).Message;
        Assert.Contains("there is no column 'kind'; the columns are 'x', 'label': choose one of them with --label NAME", missing);
        Assert.Contains("got 'x' alone", Refusal("x\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"{i % 2}\n"))));
        Assert.Contains("between 0 and 1, got 1", Assert.Throws<DataException>(
            () => CsvDataset.FromTable(CsvTable.Parse(Numbers(12), "t"), options: new CsvOptions { TestShare = 1 })).Message);
    }

    [Fact]
    public void A_model_that_learned_before_gets_the_same_numbers_from_columns_in_any_order()
    {
        using var folder = new TemporaryFolder();
        var scaling = new FeatureScaling(["b", "a"], [1, 10], [2, 4]);
        string path = folder.Write("new.csv", "a,extra,b,label\n18,text,5,yes\n10,,1,no\n");
        Dataset data = CsvDataset.LoadFor(path, scaling, ["no", "yes"], "label");
        Assert.Equal([[2, 2], [0, 0]], Rows(data));
        Assert.Equal([1, 0], data.Labels.ToArray());

        Assert.Contains("'yes' is none of the classes 'no', 'maybe'", Assert.Throws<DataException>(
            () => CsvDataset.LoadFor(path, scaling, ["no", "maybe"], "label")).Message);
        Assert.Contains("needs the columns 'b', 'c', and 'c' is missing; the table has 'a', 'extra', 'b', 'label'", Assert.Throws<DataException>(
            () => CsvDataset.LoadFor(path, new FeatureScaling(["b", "c"], [0, 0], [1, 1]), ["no", "yes"], "label")).Message);
        Assert.Contains("so far from the training rows", Assert.Throws<DataException>(
            () => CsvDataset.LoadFor(path, new FeatureScaling(["b"], [0], [1e-45]), ["no", "yes"], "label")).Message);
    }

    [Fact]
    public void Scalings_are_equal_by_value_and_refuse_what_cannot_scale()
    {
        var one = new FeatureScaling(["a"], [1], [2]);
        Assert.Equal(one, new FeatureScaling(["a"], [1], [2]));
        Assert.Equal(one.GetHashCode(), new FeatureScaling(["a"], [1], [2]).GetHashCode());
        Assert.NotEqual(one, new FeatureScaling(["a"], [1], [3]));
        Assert.Contains("got 1 and 0", Assert.Throws<DataException>(() => new FeatureScaling(["a"], [1], [0])).Message);
        Assert.Contains("got NaN and 1", Assert.Throws<DataException>(() => new FeatureScaling(["a"], [double.NaN], [1])).Message);
        Assert.Contains("1 columns, 2 means, 1 deviations", Assert.Throws<DataException>(() => new FeatureScaling(["a"], [1, 2], [1])).Message);
        Assert.Contains("1 features, got 2 values", Assert.Throws<ArgumentException>(() => one.Apply([1, 2], new float[1])).Message);
    }

    private static string Numbers(int rows) => "x,label\n" + string.Concat(Enumerable.Range(0, rows).Select(i => $"{i},{i % 2}\n"));

    private static string Refusal(string text) =>
        Assert.Throws<DataException>(() => CsvDataset.FromTable(CsvTable.Parse(text, "t"))).Message;

    private static double[][] Rows(Dataset data) => [.. Enumerable.Range(0, data.Count).Select(i =>
    {
        float[] row = new float[data.SampleSize];
        data.CopySample(i, row);
        return row.Select(value => (double)value).ToArray();
    })];
}
