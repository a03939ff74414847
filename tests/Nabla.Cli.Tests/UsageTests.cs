namespace Nabla.Cli.Tests;

public class UsageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_version_is_a_number_alone()
    {
        Assert.Matches(@"^\d+\.\d+\.\d+(-[\w.]+)?$", (await Program.RunAsync(folder, "--version")).Succeeded().Output.Trim());
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("train --help")]
    [InlineData("evaluate --help")]
    [InlineData("predict --help")]
    [InlineData("check-gradients --help")]
    [InlineData("profile --help")]
    [InlineData("explain --help")]
    [InlineData("studio --help")]
    [InlineData("lesson --help")]
    [InlineData("data --help")]
    [InlineData("data list --help")]
    [InlineData("data get --help")]
    public async Task A_Korean_system_is_helped_in_Korean(string words)
    {
        Outcome outcome = (await Program.RunAsync(folder, new() { ["LANG"] = "ko_KR.UTF-8" }, words.Split(' '))).Succeeded();
        Assert.Contains("사용법", outcome.Output);
        // An option's line, a command's line: two columns, of which the right one is for people.
        foreach (string line in outcome.Output.Split('\n').Where(line => line.StartsWith("  ", StringComparison.Ordinal) && line.Trim().Contains("  ")))
            Assert.Matches(@"\p{IsHangulSyllables}", line);
        Outcome english = (await Program.RunAsync(folder, new() { ["LANG"] = "ko_KR.UTF-8" }, [.. words.Split(' '), "--language", "en"])).Succeeded();
        Assert.DoesNotMatch(@"\p{IsHangulSyllables}", english.Output);
    }

    [Theory]
    [InlineData("", "say what to do, for example 'nabla train'")]
    [InlineData("trian", "'nabla' has no command 'trian'; did you mean 'train'?")]
    [InlineData("fly", "'nabla' has no command 'fly'; 'nabla --help' lists what there is")]
    [InlineData("data", "'nabla data' needs one of list, get")]
    [InlineData("data lost", "'nabla data' has no command 'lost'; did you mean 'list'?")]
    [InlineData("data get", "'nabla data get' needs NAME: fashion-mnist or mnist")]
    [InlineData("data get mnits", "there are no data called 'mnits' to get", "did you mean 'mnist'?")]
    [InlineData("train --epoch 3", "'nabla train' has no option --epoch; did you mean '--epochs'?")]
    [InlineData("train --bacth-size=3", "'nabla train' has no option --bacth-size; did you mean '--batch-size'?")]
    [InlineData("train --wings", "'nabla train' has no option --wings; 'nabla train --help' lists what there is")]
    [InlineData("train extra", "'nabla train' does not take 'extra'")]
    [InlineData("train --epochs", "--epochs needs a value: how often every sample is seen")]
    [InlineData("train --data --quiet", "the option before --quiet needs a value")]
    [InlineData("train --epochs 0", "--epochs needs a whole number from 1", "got '0'")]
    [InlineData("train --epochs -1", "--epochs needs a whole number from 1", "got '-1'")]
    [InlineData("train --epochs 1.5", "--epochs needs a whole number", "got '1.5'")]
    [InlineData("train --epochs many", "--epochs needs a whole number", "got 'many'")]
    [InlineData("train --epochs 99999999999", "--epochs needs a whole number", "got '99999999999'")]
    [InlineData("train --batch-size 0", "--batch-size needs a whole number from 1")]
    [InlineData("train --learning-rate 0", "--learning-rate needs a number above 0", "got '0'")]
    [InlineData("train --learning-rate nan", "--learning-rate needs a number above 0", "got 'nan'")]
    [InlineData("train --learning-rate 0,1", "--learning-rate needs a number above 0", "got '0,1'")]
    [InlineData("train --learning-rate 1e999", "--learning-rate needs a number above 0", "got '1e999'")]
    [InlineData("train --seed -1", "--seed needs a whole number from 0", "got '-1'")]
    [InlineData("train --threads 0", "--threads needs a whole number from 1 to 256")]
    [InlineData("train --threads 1000", "--threads needs a whole number from 1 to 256")]
    [InlineData("train --hidden 10,x", "--hidden needs widths from 1 to 65536, like 256,128, got '10,x' ('x')")]
    [InlineData("train --hidden 0", "--hidden needs widths from 1 to 65536, like 256,128, got '0'")]
    [InlineData("train --hidden 10,,10", "--hidden needs widths")]
    [InlineData("train --model mlpp", "--model knows linear, mlp, cnn, rnn, got 'mlpp'; did you mean 'mlp'?")]
    [InlineData("train --optimizer adm", "--optimizer knows sgd, momentum, adam, adamw, got 'adm'; did you mean 'adam'?")]
    [InlineData("train --activation rlu", "--activation knows", "did you mean 'relu'?")]
    [InlineData("train --language fr", "--language knows en, ko, got 'fr'")]
    [InlineData("train --data mnits", "--data takes digits, fashion-mnist, mnist", "did you mean 'mnist'?")]
    [InlineData("train --data nowhere/flowers.csv", "--data takes", "got 'nowhere/flowers.csv'")]
    [InlineData("train --label kind --epochs 1", "--label names a column of a CSV, and digits are images; leave it out")]
    [InlineData("train --seed 1 --seed 2", "--seed")]
    [InlineData("explain x --check --format json", "--check and --step are told in words, not in json")]
    [InlineData("explain x --step 0.1 --format html", "--check and --step are told in words, not in html")]
    [InlineData("evaluate", "'nabla evaluate' needs RUN: the folder that 'nabla train' saved")]
    [InlineData("evaluate --dat", "'nabla evaluate' has no option --dat; did you mean '--data'?")]
    [InlineData("predict run", "'nabla predict' needs FILE: a PNG or PGM picture")]
    [InlineData("predict a b c", "'nabla predict' does not take 'c'")]
    [InlineData("predict nowhere @file", "nowhere is not a saved run")]
    [InlineData("profile --steps 0", "--steps needs a whole number from 1", "got '0'")]
    [InlineData("profile --epochs 3", "'nabla profile' has no option --epochs")]
    [InlineData("profile --format table", "--format knows text, json, got 'table'")]
    [InlineData("check-gradients --model tree", "--model knows linear, mlp, cnn, rnn, got 'tree'")]
    [InlineData("check-gradients --activation smooth", "--activation knows")]
    public async Task Wrong_words_are_named_with_the_right_ones(string words, params string[] complaints)
    {
        (await Program.RunAsync(folder, words.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Refused(2, complaints);
        Assert.Empty(folder.Files);
    }

    [Fact]
    public async Task A_formula_or_a_name_that_begins_with_a_dash_is_no_option()
    {
        Assert.Contains("-6", (await Program.RunAsync(folder, "explain", "-x * 2", "--at", "x=3")).Succeeded().Output);
        (await Program.RunAsync(folder, "evaluate", "--", "--run")).Refused(2, "--run is not a saved run");
    }

    [Fact]
    public async Task Help_is_there_for_every_command()
    {
        foreach (string command in (string[])["", "train", "evaluate", "predict", "check-gradients", "profile", "data", "data list", "data get"])
        {
            Outcome outcome = await Program.RunAsync(folder, [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
            Assert.Contains("Usage:", outcome.Succeeded().Output);
        }
    }

    [Theory]
    [InlineData("epoch", "epochs", 1)]
    [InlineData("bacth", "batch", 1)]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("same", "same", 0)]
    public void The_distance_of_words_counts_letters(string from, string to, int distance)
    {
        Assert.Equal(distance, Suggestion.Distance(from, to));
        Assert.Equal(distance, Suggestion.Distance(to, from));
    }
}
