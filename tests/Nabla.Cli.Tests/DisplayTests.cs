using Nabla.Cli.Display;

namespace Nabla.Cli.Tests;

public class DisplayTests
{
    [Theory]
    [InlineData(0.001, "0.001")]
    [InlineData(0.1, "0.1")]
    [InlineData(1e-5, "1e-5")]
    [InlineData(2.5e-7, "2.5e-7")]
    [InlineData(100, "100")]
    [InlineData(1e30, "1e30")]
    public void A_learning_rate_is_written_as_people_write_it(double value, string text) => Assert.Equal(text, Numbers.Short(value));

    [Theory]
    [InlineData(2.71e-11, "2.7e-11")]
    [InlineData(0, "0.0e+00")]
    [InlineData(0.35, "3.5e-01")]
    public void A_size_has_two_digits_and_a_short_exponent(double value, string text) => Assert.Equal(text, Numbers.Magnitude(value));

    [Fact]
    public void Wide_characters_take_two_columns()
    {
        Assert.Equal(4, TextWidth.Of("손실"));
        Assert.Equal(10, TextWidth.Of(TextWidth.PadRight("손실", 10)));
        Assert.Equal("      손실", TextWidth.PadLeft("손실", 10));
        Assert.Equal(["시험 표본", "100개를", "맞혔습니다"], TextWidth.Wrap("시험 표본 100개를 맞혔습니다", 14));
        Assert.All(TextWidth.Wrap("a bb ccc dddd eeeee ffffff", 8), line => Assert.InRange(TextWidth.Of(line), 1, 8));
        Assert.Equal(["averyverylongword"], TextWidth.Wrap("averyverylongword", 5));
    }

    [Fact]
    public void A_falling_curve_begins_at_the_top_and_ends_at_the_bottom()
    {
        double[] losses = [.. Enumerable.Range(0, 1000).Select(i => 2.0 * (999 - i) / 999)];
        IReadOnlyList<string> lines = LossCurve.Draw(losses, width: 10, height: 4);
        Assert.Equal(4, lines.Count);
        Assert.All(lines, line => Assert.Equal(7 + 2 + 10, line.Length));
        Assert.StartsWith("   1.95 ┤", lines[0]);
        Assert.StartsWith("   0.00 ┤", lines[3]);
        const char blank = '\u2800';
        Assert.NotEqual(blank, lines[0][9]);
        Assert.Equal(blank, lines[0][18]);
        Assert.Equal(blank, lines[3][9]);
        Assert.NotEqual(blank, lines[3][18]);
        // Every column has a dot: the curve has no gaps.
        for (int column = 9; column < 19; column++) Assert.Contains(lines, line => line[column] != blank);
    }

    [Fact]
    public void A_curve_needs_two_finite_values_and_leaves_out_the_others()
    {
        Assert.Empty(LossCurve.Draw([]));
        Assert.Empty(LossCurve.Draw([double.NaN, double.PositiveInfinity]));
        Assert.NotEmpty(LossCurve.Draw([1.0, double.NaN, 0.5]));
        Assert.NotEmpty(LossCurve.Draw([0.0, 0.0]));
        Assert.Contains("1.0e-05", LossCurve.Draw([1e-5, 1e-5])[0]);
    }

    [Fact]
    public void Many_classes_are_shown_by_their_most_frequent_mistakes()
    {
        ConfusionMatrix matrix = new([.. Enumerable.Range(0, 30).Select(i => $"class {i}")]);
        for (int i = 0; i < 5; i++) matrix.Add(3, 7);
        matrix.Add(20, 21);
        matrix.Add(4, 4);
        Assert.Equal(["     5 x  true class 3, predicted as class 7", "     1 x  true class 20, predicted as class 21"],
            ConfusionTable.Draw(matrix, Texts.English));
    }

    [Fact]
    public void The_columns_of_a_matrix_stand_below_each_other_whatever_the_names()
    {
        ConfusionMatrix matrix = new(["수국", "iris"]);
        for (int i = 0; i < 123; i++) matrix.Add(0, 0);
        matrix.Add(1, 0);
        foreach (Texts texts in (Texts[])[Texts.English, Texts.Korean])
        {
            string[] lines = [.. ConfusionTable.Draw(matrix, texts)];
            Assert.Equal(4, lines.Length);
            Assert.Single(lines[1..].Select(TextWidth.Of).Distinct());
        }
    }
}
