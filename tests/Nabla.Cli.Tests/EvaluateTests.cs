using System.Text;
using System.Text.RegularExpressions;

namespace Nabla.Cli.Tests;

[Collection(TrainedRunsCollection.Name)]
public class EvaluateTests(TrainedRuns runs)
{
    [Fact]
    public async Task Its_own_data_give_the_accuracy_of_the_training_and_a_matrix()
    {
        Outcome outcome = (await Program.RunAsync(runs.Folder, "evaluate", "picture-run")).Succeeded();
        Assert.StartsWith("pictures: 80 test samples\n100.00 % of the test samples right (0 of 80 wrong)", outcome.Output.ReplaceLineEndings("\n"));
        Assert.Contains("true   0  1  2  3     right\n0     20  ·  ·  ·   100.0 %", outcome.Output.ReplaceLineEndings("\n"));
        Outcome table = (await Program.RunAsync(runs.Folder, "evaluate", "table-run", "--threads", "1")).Succeeded();
        string accuracy = $"{runs.TableTraining.Events[^1].GetProperty("test_accuracy").GetDouble():P2} of the test samples right";
        Assert.Contains(accuracy, table.Output);
        Assert.Contains("2 수국", table.Output);
    }

    [Fact]
    public async Task Other_pictures_of_the_same_size_are_judged_even_where_a_class_is_missing()
    {
        using TemporaryFolder folder = new();
        Pictures.WriteFolder(folder, "other", 8, 30, classes: 3, seed: 5);
        Outcome outcome = (await Program.RunAsync(folder, "evaluate", runs.PictureRun, "--data", "other")).Succeeded();
        Assert.Contains("other: 30 test samples", outcome.Output);
        Assert.Contains("(0 of 30 wrong)", outcome.Output);
    }

    [Fact]
    public async Task Another_table_is_scaled_as_the_first_was_and_judged_on_all_rows()
    {
        using TemporaryFolder folder = new();
        folder.Write("other.csv", Tables.Text(rows: 33, seed: 9));
        Outcome outcome = (await Program.RunAsync(folder, "evaluate", runs.TableRun, "--data", "other.csv")).Succeeded();
        Assert.Contains("other: 33 test samples", outcome.Output);
        folder.Write("strange.csv", "petal,kind,sepal\n1,tulip,2\n");
        (await Program.RunAsync(folder, "evaluate", runs.TableRun, "--data", "strange.csv"))
            .Refused(1, "strange.csv: row 1 (line 2), column 'kind': 'tulip' is none of the classes");
    }

    [Fact]
    public async Task A_table_that_changed_since_is_not_taken_for_the_same()
    {
        using TemporaryFolder folder = new();
        folder.Write("flowers.csv", Tables.Text(rows: 30));
        string[] training = ["train", "--data", "flowers.csv", "--label", "kind", "--model", "linear", "--epochs", "1", "--out", "run", "--quiet"];
        (await Program.RunAsync(folder, training)).Succeeded();
        folder.Write("flowers.csv", Tables.Text(rows: 36));
        (await Program.RunAsync(folder, "evaluate", "run")).Refused(1, "flowers.csv has changed since the training");
        (await Program.RunAsync(folder, "evaluate", "run", "--data", "flowers.csv")).Succeeded();
    }

    [Fact]
    public async Task Data_that_do_not_fit_are_wrong_usage()
    {
        using TemporaryFolder folder = new();
        Pictures.WriteFolder(folder, "five", 10, 10, classes: 5);
        (await Program.RunAsync(folder, "evaluate", runs.PictureRun, "--data", "five")).Refused(2, "the run knows 4 classes", "has 5");
        (await Program.RunAsync(folder, "evaluate", runs.PictureRun, "--data", "digits"))
            .Refused(2, "samples of [1, 12, 12], digits has [1, 28, 28]");
        (await Program.RunAsync(folder, "evaluate", runs.TableRun, "--data", "five")).Refused(2, "samples of [2]", "has [1, 12, 12]");
        (await Program.RunAsync(folder, "evaluate", runs.TableRun, "--data", "none.csv")).Refused(2, "got 'none.csv'");
    }

    [Fact]
    public async Task A_folder_without_a_run_is_said()
    {
        using TemporaryFolder folder = new();
        (await Program.RunAsync(folder, "evaluate", "nowhere")).Refused(2, "nowhere is not a saved run: there is no such folder");
        (await Program.RunAsync(folder, "evaluate", runs.Pictures)).Refused(2, "there is no run.json in it");
    }

    [Fact]
    public async Task A_damaged_record_is_refused_by_what_is_wrong_with_it()
    {
        string whole = File.ReadAllText(Path.Combine(runs.TableRun, "run.json"));
        (string Damaged, string Complaint)[] cases =
        [
            ("", "run.json is damaged"),
            ("null", "it says null"),
            (whole[..(whole.Length / 2)], "run.json is damaged"),
            (whole.Replace("\"seed\"", "\"sead\""), "seed"),
            (whole.Replace("\"mlp\"", "\"tree\""), "there is no model 'tree'"),
            (whole.Replace("\"relu\"", "\"rulu\""), "there is no activation 'rulu'"),
            (whole.Replace("\"sample_shape\"", "\"shape\""), "sample_shape"),
            (Regex.Replace(whole, "\"sample_shape\": \\[[^]]*\\]", "\"sample_shape\": [-2]"), "sample_shape is no shape"),
            (Regex.Replace(whole, "\"classes\": \\[[^]]*\\]", "\"classes\": []"), "classes is empty"),
            (Regex.Replace(whole, "\"deviations\": \\[[^]]*\\]", "\"deviations\": [0]"), "scaling"),
        ];
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["run"]);
        File.Copy(Path.Combine(runs.TableRun, "weights.safetensors"), folder["run/weights.safetensors"]);
        foreach ((string damaged, string complaint) in cases)
        {
            Assert.NotEqual(whole, damaged);
            folder.Write("run/run.json", damaged);
            (await Program.RunAsync(folder, "evaluate", "run")).Refused(1, complaint);
        }
    }

    [Fact]
    public async Task Damaged_weights_are_refused()
    {
        byte[] whole = File.ReadAllBytes(Path.Combine(runs.PictureRun, "weights.safetensors"));
        byte[] renamed = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(whole).Replace("weight", "height"));
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["run"]);
        File.Copy(Path.Combine(runs.PictureRun, "run.json"), folder["run/run.json"]);
        (await Program.RunAsync(folder, "evaluate", "run")).Refused(1, "weights.safetensors");
        foreach (byte[] damaged in (byte[][])[[], whole[..5], whole[..^10], [.. whole, 1], renamed])
        {
            folder.Write("run/weights.safetensors", damaged);
            (await Program.RunAsync(folder, "evaluate", "run")).Refused(1, "weights.safetensors");
        }
    }
}
