using System.Globalization;
using System.Text.Json;

namespace Nabla.Cli.Tests;

[Collection(TrainedRunsCollection.Name)]
public class TrainTests(TrainedRuns runs)
{
    [Fact]
    public void A_person_sees_data_network_epochs_curve_result_and_what_to_do_next()
    {
        string[] lines = runs.PictureTraining.Succeeded().Output.Split('\n');
        Assert.StartsWith("data        pictures: 320 training samples, 80 test samples", lines[0]);
        Assert.Contains(lines, line => line == "model       mlp 144 → 24 → 4, relu: 3,580 parameters");
        Assert.Contains(lines, line => line == "optimizer   adam, learning rate 0.01, falling to 0 along a cosine");
        Assert.Contains(lines, line => line == "epoch      train loss   test accuracy    samples/s   seconds");
        Assert.Equal(["1/4", "2/4", "3/4", "4/4"], lines.Where(line => line.Contains("/4 ")).Select(line => line.Split(' ')[0]));
        Assert.Equal(8, lines.Count(line => line.Contains('┤')));
        Assert.Contains("100.00 % of the test samples right (0 of 80 wrong)", runs.PictureTraining.Output);
        Assert.Contains(lines, line => line == "saved       picture-run");
        Assert.Contains(lines, line => line == "  nabla evaluate picture-run");
        Assert.DoesNotContain('\u001b', runs.PictureTraining.Output);
        Assert.DoesNotContain('\r', runs.PictureTraining.Output);
    }

    [Fact]
    public void A_run_folder_holds_record_weights_and_history()
    {
        Assert.Equal(["history.jsonl", "run.json", "weights.safetensors"],
            Directory.GetFileSystemEntries(runs.PictureRun).Select(path => Path.GetFileName(path)).Order());
        JsonElement record = JsonDocument.Parse(File.ReadAllText(Path.Combine(runs.PictureRun, "run.json"))).RootElement;
        Assert.Equal(runs.Pictures, record.GetProperty("data").GetString());
        Assert.Equal((4, 4), (record.GetProperty("epochs").GetInt32(), record.GetProperty("epochs_done").GetInt32()));
        Assert.Equal([1, 12, 12], record.GetProperty("model").GetProperty("sample_shape").EnumerateArray().Select(e => e.GetInt32()));
        Assert.Equal(1, record.GetProperty("test_accuracy").GetDouble());
        Assert.False(record.GetProperty("interrupted").GetBoolean());
        string[] history = File.ReadAllLines(Path.Combine(runs.PictureRun, "history.jsonl"));
        Assert.Equal([1, 2, 3, 4], history.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("epoch").GetInt32()));
    }

    [Fact]
    public void Json_is_one_object_a_line_and_nothing_else()
    {
        JsonElement[] events = runs.TableTraining.Succeeded().Events;
        Assert.Equal(21, events.Length);
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(("epoch", i + 1), (events[i].GetProperty("event").GetString(), events[i].GetProperty("epoch").GetInt32()));
            Assert.True(events[i].GetProperty("train_loss").GetDouble() > 0);
            Assert.InRange(events[i].GetProperty("test_accuracy").GetDouble(), 0, 1);
            Assert.True(events[i].GetProperty("seconds").GetDouble() >= 0);
        }
        JsonElement done = events[^1];
        Assert.Equal("done", done.GetProperty("event").GetString());
        Assert.Equal("table-run", done.GetProperty("run").GetString());
        Assert.True(done.GetProperty("train_seconds").GetDouble() > 0);
        Assert.Equal(events[^2].GetProperty("test_accuracy").GetDouble(), done.GetProperty("test_accuracy").GetDouble());

        // The kinds lie apart, so a network that learns at all tells them.
        Assert.True(done.GetProperty("test_accuracy").GetDouble() >= 0.95);
    }

    [Fact]
    public async Task Quiet_prints_the_result_alone_and_without_out_a_run_is_named_by_its_date()
    {
        using TemporaryFolder folder = new();
        Pictures.WriteFolder(folder, "pictures", 40, 20);
        foreach (int _ in Enumerable.Range(0, 2))
        {
            Outcome outcome = await Program.RunAsync(folder, "train", "--data", "pictures", "--model", "linear", "--epochs", "1", "--quiet");
            Assert.Matches(@"^test accuracy \d+\.\d\d %  runs.\d{8}-\d{6}-pictures-linear(-2)?$", Assert.Single(outcome.Succeeded().Lines));
        }
        Assert.Equal(2, Directory.GetDirectories(folder["runs"]).Length);
    }

    [Theory]
    [InlineData("linear", "sgd")]
    [InlineData("mlp", "momentum")]
    [InlineData("cnn", "adam")]
    [InlineData("rnn", "adamw")]
    public async Task Every_model_learns_and_every_optimizer_teaches(string model, string optimizer)
    {
        using TemporaryFolder folder = new();
        Outcome outcome = await Program.RunAsync(
            folder, "train", "--data", runs.Pictures, "--model", model, "--optimizer", optimizer, "--epochs", "3", "--batch-size", "16",
            "--json", "--out", "run");
        Assert.True(outcome.Succeeded().Events[^1].GetProperty("test_accuracy").GetDouble() >= 0.9);
        Assert.Contains("80", (await Program.RunAsync(folder, "evaluate", "run")).Succeeded().Output);
    }

    [Fact]
    public async Task Every_activation_and_several_hidden_layers_are_taken()
    {
        using TemporaryFolder folder = new();
        foreach (string activation in Activation.Names)
        {
            string name = activation.ToLowerInvariant();
            Outcome outcome = await Program.RunAsync(folder, "train", "--data", runs.Pictures, "--hidden", "8, 6,5", "--activation", name,
                "--epochs", "1", "--out", name, "--quiet");
            outcome.Succeeded();
        }
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_bits_on_one_thread_on_two_and_eagerly()
    {
        using TemporaryFolder folder = new();
        foreach (string model in (string[])["mlp", "cnn"])
        {
            foreach ((string name, string threads, string seed) in ((string, string, string)[])[("a", "1", "7"), ("b", "2", "7"), ("c", "2", "8")])
            {
                Outcome outcome = await Program.RunAsync(folder, "train", "--data", runs.Pictures, "--model", model, "--epochs", "1",
                    "--threads", threads, "--seed", seed, "--out", model + name, "--quiet");
                outcome.Succeeded();
            }
            (await Program.RunAsync(folder, "train", "--data", runs.Pictures, "--model", model, "--epochs", "1", "--eager", "--threads", "1", "--seed", "7",
                "--out", model + "d", "--quiet")).Succeeded();
            byte[][] weights = [.. "abcd".Select(name => File.ReadAllBytes(folder[$"{model}{name}/weights.safetensors"]))];
            Assert.Equal(weights[0], weights[1]);
            Assert.NotEqual(weights[0], weights[2]);
            Assert.Equal(weights[0], weights[3]);
        }
    }

    [Fact]
    public async Task Nothing_but_train_reaches_97_percent_on_digits()
    {
        using TemporaryFolder folder = new();
        Outcome outcome = (await Program.RunAsync(folder, "train", "--json")).Succeeded();
        JsonElement done = outcome.Events[^1];
        Assert.True(done.GetProperty("test_accuracy").GetDouble() >= 0.97, $"the accuracy is {done.GetProperty("test_accuracy")}");
        Assert.True(File.Exists(folder[Path.Combine(done.GetProperty("run").GetString()!, "weights.safetensors")]));
    }

    [Theory]
    [InlineData("ko", "C.UTF-8")]
    [InlineData(null, "ko_KR.UTF-8")]
    public async Task Korean_speaks_Korean_and_its_columns_stand_below_each_other(string? option, string system)
    {
        using TemporaryFolder folder = new();
        string[] language = option is null ? [] : ["--language", option];
        Outcome outcome = await Program.RunAsync(folder, new Dictionary<string, string> { ["LANG"] = system },
            ["train", "--data", runs.Pictures, "--epochs", "2", "--model", "linear", "--out", "run", .. language]);
        string[] lines = outcome.Succeeded().Output.Split('\n');
        Assert.StartsWith("데이터      pictures: 학습 표본 320개, 시험 표본 80개", lines[0]);
        string header = Assert.Single(lines, line => line.StartsWith("에포크", StringComparison.Ordinal));
        string first = Assert.Single(lines, line => line.StartsWith("1/2 ", StringComparison.Ordinal));
        Assert.Equal(Display.TextWidth.Of(header), Display.TextWidth.Of(first));
        Assert.Contains("시험 표본의 ", outcome.Output);
        Outcome english = await Program.RunAsync(folder, new Dictionary<string, string> { ["LANG"] = system }, "evaluate", "run", "--language", "en");
        Assert.Contains("of the test samples right", english.Succeeded().Output);
    }

    [Fact]
    public async Task A_folder_with_something_in_it_is_never_overwritten()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["full"]);
        folder.Write(Path.Combine("full", "note"), "mine");
        folder.Write("file", "mine");
        (await Program.RunAsync(folder, "train", "--data", runs.Pictures, "--out", "full")).Refused(2, "full has something in it already");
        (await Program.RunAsync(folder, "train", "--data", runs.Pictures, "--out", "file")).Refused(2, "file is a file; name a folder");
        (await Program.RunAsync(folder, "train", "--data", runs.Pictures, "--out", "file/below")).Refused(2, "cannot be made");
        Assert.Equal(["file", "note"], folder.Files);
    }

    [Fact]
    public async Task A_learning_rate_that_is_far_too_high_is_said_and_leaves_no_empty_folder()
    {
        using TemporaryFolder folder = new();
        Outcome outcome = await Program.RunAsync(
            folder, "train", "--data", runs.Pictures, "--optimizer", "sgd", "--learning-rate", "1e38", "--out", "run", "--json", "--batch-size", "8");
        outcome.Refused(1, "training stopped at step", "lower the learning rate");
        Assert.False(Directory.Exists(folder["run"]));
    }

    [DebianDataTheory]
    [InlineData("mlp", 5, 0.87)]
    [InlineData("cnn", 1, 0.85)]
    [InlineData("rnn", 1, 0.70)]
    public async Task Fashion_mnist_is_learned(string model, int epochs, double least)
    {
        using TemporaryFolder folder = new();
        Outcome outcome = await Program.RunAsync(folder, "train", "--data", "fashion-mnist", "--model", model,
            "--epochs", epochs.ToString(CultureInfo.InvariantCulture), "--json", "--out", "run");
        double accuracy = outcome.Succeeded().Events[^1].GetProperty("test_accuracy").GetDouble();
        Assert.True(accuracy >= least, $"the accuracy is {accuracy}");
    }
}
