namespace Nabla.Learning.Tests;

public class MnistLayoutTests
{
    [Theory]
    [InlineData("-", "")]
    [InlineData("-", ".gz")]
    [InlineData(".", "")]
    [InlineData(".", ".gz")]
    public void Four_files_become_a_pair_in_every_spelling(string separator, string ending)
    {
        using var folder = new TemporaryFolder();
        Fill(folder, separator, ending);
        DatasetPair pair = MnistLayout.Load(folder.Root, "tiny");
        Assert.Equal("tiny", pair.Train.Name);
        Assert.Equal([1, 2, 3], pair.Train.SampleShape.ToArray());
        Assert.Equal([0, 2, 1], pair.Train.Labels.ToArray());
        Assert.Equal([2, 3], pair.Test.Labels.ToArray());
        Assert.Equal(["0", "1", "2", "3"], pair.Test.Classes.ToArray());
        float[] sample = new float[6];
        pair.Train.CopySample(2, sample);
        Assert.Equal(new[] { 12, 13, 14, 15, 16, 17 }.Select(value => value / 255f), sample);
    }

    [Fact]
    public void All_missing_files_are_named()
    {
        using var folder = new TemporaryFolder();
        Fill(folder, "-", "");
        File.Delete(folder["train-labels-idx1-ubyte"]);
        File.Delete(folder["t10k-images-idx3-ubyte"]);
        string message = Refusal(folder.Root);
        Assert.Contains("2 of 4 files are missing: train-labels-idx1-ubyte, t10k-images-idx3-ubyte (plain or with .gz)", message);
        Assert.Contains("no such folder", Refusal(folder["none"]));
    }

    [Fact]
    public void Files_that_do_not_belong_together_are_refused()
    {
        using var folder = new TemporaryFolder();
        Fill(folder, "-", "");
        IdxFile.Write(folder["train-labels-idx1-ubyte"], new IdxArray([2], new byte[2]));
        Assert.Contains("holds 3 images, and", Refusal(folder.Root));

        Fill(folder, "-", "");
        IdxFile.Write(folder["t10k-images-idx3-ubyte"], new IdxArray([2, 3, 2], new byte[12]));
        Assert.Contains("equal sizes, got [2, 3] and [3, 2]", Refusal(folder.Root));

        Fill(folder, "-", "");
        File.Copy(folder["train-images-idx3-ubyte"], folder["train-labels-idx1-ubyte"], overwrite: true);
        Assert.Contains("were images and labels swapped?", Refusal(folder.Root));

        Fill(folder, "-", "");
        IdxFile.Write(folder["train-images-idx3-ubyte"], new IdxArray([3, 0, 3], new byte[0]));
        Assert.Contains("at least one pixel", Refusal(folder.Root));
    }

    private static string Refusal(string folder) => Assert.Throws<DataException>(() => MnistLayout.Load(folder, "tiny")).Message;

    private static void Fill(TemporaryFolder folder, string separator, string ending)
    {
        byte[] pixels = [.. Enumerable.Range(0, 18).Select(i => (byte)i)];
        IdxFile.Write(folder[$"train-images{separator}idx3-ubyte{ending}"], new IdxArray([3, 2, 3], pixels));
        IdxFile.Write(folder[$"train-labels{separator}idx1-ubyte{ending}"], new IdxArray([3], new byte[] { 0, 2, 1 }));
        IdxFile.Write(folder[$"t10k-images{separator}idx3-ubyte{ending}"], new IdxArray([2, 2, 3], new byte[12]));
        IdxFile.Write(folder[$"t10k-labels{separator}idx1-ubyte{ending}"], new IdxArray([2], new byte[] { 2, 3 }));
    }
}
