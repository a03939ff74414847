using System.Text;

namespace Nabla.Cli.Tests;

[Collection(TrainedRunsCollection.Name)]
public class PredictTests(TrainedRuns runs) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_picture_of_the_size_of_the_training_is_taken_as_it_is()
    {
        folder.Write("two.png", PngFile.WriteGrey(12, 12, (x, _) => Bar(x, 12, 2)));
        Outcome outcome = (await Program.RunAsync(folder, "predict", runs.PictureRun, "two.png")).Succeeded();
        Assert.Matches(@"^2 \d+\.\d %   \d \d+\.\d %   \d \d+\.\d %$", Assert.Single(outcome.Lines));
    }

    [Fact]
    public async Task A_larger_picture_of_ink_on_paper_is_turned_round_and_resized()
    {
        folder.Write("one.png", PngFile.WriteGrey(48, 36, (x, _) => 1 - Bar(x, 48, 1)));
        string[] lines = (await Program.RunAsync(folder, "predict", runs.PictureRun, "one.png")).Succeeded().Lines;
        Assert.Equal("(one.png is dark on light; turned round, as the network was trained on light on dark)", lines[0]);
        Assert.Equal("(one.png is 48 x 36; resized to 12 x 12)", lines[1]);
        Assert.StartsWith("1 ", lines[2]);
    }

    [Fact]
    public async Task Portable_greymaps_are_read_as_text_and_as_bytes()
    {
        byte[] pixels = [.. Enumerable.Range(0, 144).Select(i => (byte)(255 * Bar(i % 12, 12, 3)))];
        folder.Write("text.pgm", $"P2\n# a comment\n12 12\n255\n{string.Join(' ', pixels)}\n");
        folder.Write("bytes.pgm", [.. "P5 12 12 255\n"u8, .. pixels]);
        Outcome text = (await Program.RunAsync(folder, "predict", runs.PictureRun, "text.pgm")).Succeeded();
        Assert.StartsWith("3 ", text.Output);
        Assert.Equal(text.Output, (await Program.RunAsync(folder, "predict", runs.PictureRun, "bytes.pgm")).Succeeded().Output);
    }

    [Fact]
    public async Task Every_image_of_an_idx_file_gets_a_line_when_a_program_reads_them()
    {
        Random random = new(3);
        byte[] images = Pictures.Idx([300, 12, 12], [.. Enumerable.Range(0, 300).SelectMany(i => Pictures.Pixels(i % 4, random))]);
        folder.Write("images", images);
        folder.Write("images.gz", Pictures.Gzip(images));
        string[] lines = (await Program.RunAsync(folder, "predict", runs.PictureRun, "images")).Succeeded().Lines;
        Assert.Equal(300, lines.Length);
        for (int i = 0; i < lines.Length; i++) Assert.StartsWith($"{i + 1}  {i % 4} ", lines[i]);
        Assert.Equal(lines, (await Program.RunAsync(folder, "predict", runs.PictureRun, "images.gz")).Succeeded().Lines);
        folder.Write("wide", Pictures.Idx([1, 12, 13], new byte[156]));
        (await Program.RunAsync(folder, "predict", runs.PictureRun, "wide")).Refused(1, "the run takes images of 12 x 12, these are 12 x 13");
    }

    [Fact]
    public async Task Rows_of_a_table_are_found_by_the_names_of_their_columns()
    {
        folder.Write("rows.csv", "note,sepal,petal\nfirst,5.5,0.5\nlast,3.5,4.5\n");
        string[] lines = (await Program.RunAsync(folder, "predict", runs.TableRun, "rows.csv")).Succeeded().Lines;
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("1  aster ", lines[0]);
        Assert.StartsWith("2  수국 ", lines[1]);
        folder.Write("lacking.csv", "note,sepal\nfirst,5.5\n");
        (await Program.RunAsync(folder, "predict", runs.TableRun, "lacking.csv")).Refused(1, "'petal' is missing");
        folder.Write("hole.csv", "petal,sepal\n1,2\n3,\n");
        (await Program.RunAsync(folder, "predict", runs.TableRun, "hole.csv")).Refused(1, "row 2 (line 3), column 'sepal': the value is missing");
        folder.Write("none.csv", "petal,sepal\n");
        (await Program.RunAsync(folder, "predict", runs.TableRun, "none.csv")).Refused(1, "none.csv has no rows");
    }

    [Fact]
    public async Task Files_that_are_no_pictures_are_refused()
    {
        (await Program.RunAsync(folder, "predict", runs.PictureRun, "missing.png")).Refused(2, "there is no file missing.png to predict");
        folder.Write("empty.png", "");
        folder.Write("text.png", "hello");
        byte[] png = PngFile.WriteGrey(12, 12, (_, _) => 0);
        folder.Write("cut.png", png[..^20]);
        folder.Write("labels", Pictures.Idx([3], [1, 2, 3]));
        foreach (string file in (string[])["empty.png", "text.png", "cut.png", "labels"])
            (await Program.RunAsync(folder, "predict", runs.PictureRun, file)).Refused(1, file);
        folder.Write("rows.csv", png);
        (await Program.RunAsync(folder, "predict", runs.TableRun, "rows.csv")).Refused(1, "rows.csv");
    }

    private static double Bar(int x, int width, int label) => x * 4 / width == label ? 0.9 : 0.1;
}
