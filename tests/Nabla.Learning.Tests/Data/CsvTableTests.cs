using System.Text;

namespace Nabla.Learning.Tests;

public class CsvTableTests
{
    [Fact]
    public void Quotes_hold_delimiters_line_ends_and_quotes()
    {
        CsvTable table = CsvTable.Parse("name,\"note, long\"\r\n\"a \"\"b\"\" c\",\"two\r\nlines\"\r\n , \"  kept  \" \r\n", "text");
        Assert.Equal(["name", "note, long"], table.Columns.ToArray());
        Assert.Equal(2, table.RowCount);
        Assert.Equal("a \"b\" c", table[0, 0]);
        Assert.Equal("two\r\nlines", table[0, 1]);
        Assert.Equal("", table[1, 0]);
        Assert.Equal("  kept  ", table[1, 1]);
    }

    [Theory]
    [InlineData("a;b;c\n1,5;2;3", ';')]
    [InlineData("a\tb\tc\n1\t2 ; 3\t4", '\t')]
    [InlineData("a,b,c\n1,2,3", ',')]
    [InlineData("\"a;;;;\",b,c\n1,2,3", ',')]
    public void The_delimiter_is_found_in_the_header(string text, char delimiter)
    {
        CsvTable found = CsvTable.Parse(text, "text"), given = CsvTable.Parse(text, "text", delimiter);
        Assert.Equal(3, found.Columns.Length);
        Assert.Equal(given.Columns.ToArray(), found.Columns.ToArray());
        Assert.Equal(given[0, 1], found[0, 1]);
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,4\n")]
    [InlineData("a,b\r\n1,2\r\n3,4")]
    [InlineData("a,b\r1,2\r3,4\r")]
    [InlineData("\n\na,b\n\n1,2\n   \n3,4\n\n\n")]
    [InlineData("\uFEFFa , b\n 1,2 \n3,4")]
    public void Line_ends_blank_lines_spaces_and_a_byte_order_mark_change_nothing(string text)
    {
        CsvTable table = CsvTable.Parse(text, "text");
        Assert.Equal(["a", "b"], table.Columns.ToArray());
        Assert.Equal("1 2 3 4", $"{table[0, 0]} {table[0, 1]} {table[1, 0]} {table[1, 1]}");
        Assert.Equal(2, table.RowCount);
    }

    [Theory]
    [InlineData("", "the table is empty")]
    [InlineData(" \n\n", "the table is empty")]
    [InlineData("a,b\n1,2\n\n\n3\n", "row 2 (line 5) has 1 fields, and the header has 2")]
    [InlineData("a,b\n1,\"x\ny\"\n1,2,3\n", "row 2 (line 4) has 3 fields, and the header has 2")]
    [InlineData("a,b\n1,\"open\n2,3\n", "the quote opened at line 2 is never closed")]
    [InlineData("a,b\n1,\"x\"y\n", "line 2 has text after a closing quote")]
    [InlineData("a,,b\n", "column 2 of 3 has no name")]
    [InlineData("a,b,a\n", "two columns are called 'a'")]
    [InlineData("a\0b\n", "zero byte stands at character 1")]
    public void Each_fault_is_named(string text, string expected)
    {
        string message = Assert.Throws<DataException>(() => CsvTable.Parse(text, "text")).Message;
        Assert.StartsWith("text: ", message);
        Assert.Contains(expected, message);
    }

    [Fact]
    public void Files_are_utf8()
    {
        using var folder = new TemporaryFolder();
        byte[] korean = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("색,b\n빨강,2\n")];
        CsvTable table = CsvTable.Load(folder.Write("good.csv", korean));
        Assert.Equal("색", table.Columns[0]);
        Assert.Equal("빨강", table[0, 0]);
        Assert.Contains("UTF-8 text is needed", Assert.Throws<DataException>(() => CsvTable.Load(folder.Write("bad.csv", [97, 0xFF, 10]))).Message);
        Assert.Contains("no such file", Assert.Throws<DataException>(() => CsvTable.Load(folder["none.csv"])).Message);
        Assert.Contains("cannot part fields", Assert.Throws<DataException>(() => CsvTable.Parse("a", "text", '"')).Message);
    }

    [Fact]
    public void Damaged_tables_are_read_or_refused_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        byte[] valid = Encoding.UTF8.GetBytes("\uFEFFa,\"b \"\"x\"\"\",label\n"
            + string.Concat(Enumerable.Range(0, 20).Select(i => $"{i / 7.0},\"{i * i}\",{(i % 3 == 0 ? "유채" : "벼")}\r\n")));
        Assert.Equal(20, CsvDataset.Load(folder.Write("valid.csv", valid)).Data is var data ? data.Train.Count + data.Test.Count : 0);
        Fuzz.Damage<DataException>(valid, bytes => CsvDataset.Load(folder.Write("damaged.csv", bytes)));
    }
}
