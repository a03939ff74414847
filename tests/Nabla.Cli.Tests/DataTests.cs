namespace Nabla.Cli.Tests;

[Collection(TrainedRunsCollection.Name)]
public class DataTests(TrainedRuns runs) : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_list_names_everything_and_where_it_is()
    {
        string[] lines = (await Program.RunAsync(folder, "data", "list")).Succeeded().Output.Split('\n');
        foreach (string name in (string[])["digits ", "fashion-mnist ", "mnist "])
            Assert.Single(lines, line => line.StartsWith(name, StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Trim() == "built in");
        Assert.Contains(lines, line => line.Trim() == "to be downloaded");
    }

    [Fact]
    public async Task Digits_need_not_be_fetched() =>
        Assert.Contains("built in", (await Program.RunAsync(folder, "data", "get", "digits")).Succeeded().Output);

    [Theory]
    [InlineData("train", "--data", "mnist")]
    [InlineData("data", "get", "mnist")]
    public async Task Without_network_and_data_every_way_out_is_named(params string[] words)
    {
        Outcome outcome = await Program.RunAsync(folder, words);
        Assert.Equal((1, ""), (outcome.ExitCode, outcome.Output));
        Assert.StartsWith("nabla: mnist is neither in ", outcome.Errors);
        string[] ways = [folder["cache"], "train-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz", "--data FOLDER", "--data digits"];
        foreach (string way in ways) Assert.Contains(way, outcome.Errors);
        Assert.DoesNotContain("   at ", outcome.Errors);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public async Task A_table_is_refused_by_row_and_column()
    {
        string whole = Tables.Text(30), rows = whole[(whole.IndexOf('\n') + 1)..];
        (string Table, string[] Complaints)[] cases =
        [
            (whole + "tall,iris,3\n", ["row 31 (line 32), column 'petal': 'tall' is not a number"]),
            (whole + "1,iris,\n", ["row 31 (line 32), column 'sepal': the value is missing ('')"]),
            (whole + "1,iris,NaN\n", ["row 31 (line 32), column 'sepal': the value is missing ('NaN')"]),
            (whole + "1,iris,?\n", ["row 31 (line 32), column 'sepal': the value is missing ('?')"]),
            (whole + "1,iris,1e300\n", ["row 31 (line 32), column 'sepal': '1e300' is beyond what a float32 holds"]),
            (whole + "1,iris,inf\n", ["row 31 (line 32), column 'sepal'"]),
            (whole + "1,,3\n", ["row 31 (line 32), column 'kind': the class is missing"]),
            (whole + "1,iris\n", ["row 31 (line 32) has 2 fields, and the header has 3"]),
            (whole + "1,iris,3,4\n", ["row 31 (line 32) has 4 fields, and the header has 3"]),
            (whole + "1,\"iris,3\n", ["the quote opened at line 32 is never closed"]),
            ("", ["the table is empty"]),
            ("petal,kind,sepal\n", ["training and test need at least 10 rows together, got 0"]),
            ("petal,petal,kind\n" + rows, ["two columns are called 'petal'"]),
            (whole.Replace("kind", "sort"), ["there is no column 'kind'; the columns are 'petal', 'sort', 'sepal'"]),
            ("petal\tsepal\0", ["a zero byte stands at character 11"]),
        ];
        foreach ((string table, string[] complaints) in cases)
        {
            folder.Write("flowers.csv", table);
            (await Program.RunAsync(folder, "train", "--data", "flowers.csv", "--label", "kind", "--out", "run"))
                .Refused(1, ["flowers.csv", .. complaints]);
        }
        Assert.Equal(["flowers.csv"], folder.Files);
    }

    [Fact]
    public async Task Damaged_images_are_refused()
    {
        byte[] labels = Pictures.Idx([10], [0, 1, 2, 3, 0, 1, 2, 3, 0, 1]), images = Pictures.Idx([10, 12, 12], new byte[1440]);
        byte[] flipped = Pictures.Gzip(images);
        flipped[flipped.Length / 2] ^= 0xFF;
        (string File, byte[]? Bytes, string Complaint)[] cases =
        [
            ("train-images-idx3-ubyte", images[..^1], "1440 bytes of values, but 1439 follow"),
            ("train-images-idx3-ubyte", images[..10], "within its header"),
            ("train-images-idx3-ubyte", [], "the file is empty"),
            ("train-images-idx3-ubyte", [.. images, 0], "more bytes follow"),
            ("train-images-idx3-ubyte", labels, "train-images-idx3-ubyte"),
            ("train-images-idx3-ubyte", "P5 1 1 255 x"u8.ToArray(), "got 50 35"),
            ("train-images-idx3-ubyte", Pictures.Gzip(images)[..^9], "train-images-idx3-ubyte"),
            ("train-images-idx3-ubyte", flipped, "damaged"),
            ("train-labels-idx1-ubyte", Pictures.Idx([9], new byte[9]), "each image needs one label"),
            ("t10k-images-idx3-ubyte", Pictures.Idx([10, 12, 11], new byte[1320]), "need equal sizes"),
            ("t10k-labels-idx1-ubyte", null, "1 of 4 files are missing: t10k-labels-idx1-ubyte"),
        ];
        foreach ((string file, byte[]? bytes, string complaint) in cases)
        {
            string path = Directory.CreateDirectory(folder["images"]).FullName;
            foreach (string stem in (string[])["train", "t10k"])
            {
                File.WriteAllBytes(Path.Combine(path, $"{stem}-images-idx3-ubyte"), images);
                File.WriteAllBytes(Path.Combine(path, $"{stem}-labels-idx1-ubyte"), labels);
            }
            if (bytes is null) File.Delete(Path.Combine(path, file));
            else File.WriteAllBytes(Path.Combine(path, file), bytes);
            (await Program.RunAsync(folder, "train", "--data", "images")).Refused(1, complaint);
        }
    }

    [Fact]
    public async Task Data_that_do_not_fit_the_model_are_wrong_usage()
    {
        foreach (string model in (string[])["cnn", "rnn"])
        {
            (await Program.RunAsync(folder, "train", "--data", runs.Table, "--label", "kind", "--model", model))
                .Refused(2, $"the model {model} needs images of at least", "got samples of [2]; use --model mlp or linear");
        }
        folder.Write("flowers.txt", Tables.Text());
        (await Program.RunAsync(folder, "train", "--data", "flowers.txt")).Refused(1, "needs to end in .csv or .tsv");
        Assert.Equal(["flowers.txt"], folder.Files);
    }
}
