using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Nabla.Cli.Tests;

[Collection(TrainedRunsCollection.Name)]
public class InterruptionTests(TrainedRuns runs)
{
    [UnixTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_learned_is_saved_and_said(bool asJson)
    {
        using TemporaryFolder folder = new();
        string[] how = asJson ? ["--json"] : [];
        using Process process = Program.Start(
            folder, [], ["train", "--data", runs.Pictures, "--model", "linear", "--epochs", "1000000", "--out", "run", .. how]);
        string lastFirst = asJson ? "{\"event\":\"epoch\",\"epoch\":1," : "1/1000000 ";
        string? line = "";
        while (line is not null && !line.StartsWith(lastFirst, StringComparison.Ordinal)) line = await process.StandardOutput.ReadLineAsync();
        Assert.NotNull(line);
        Unix.Interrupt(process);
        Outcome outcome = await Program.EndAsync(process, process.StandardOutput.ReadToEndAsync());

        Assert.Equal((130, ""), (outcome.ExitCode, outcome.Errors));
        if (asJson)
        {
            JsonElement last = outcome.Events[^1];
            Assert.Equal(("interrupted", "run"), (last.GetProperty("event").GetString(), last.GetProperty("run").GetString()));
        }
        else
        {
            Assert.Contains("interrupted: what was learned until then is saved", outcome.Output);
            Assert.Matches(@"saved +run\s*$", outcome.Output);
        }
        JsonElement record = JsonDocument.Parse(File.ReadAllText(folder["run/run.json"])).RootElement;
        Assert.True(record.GetProperty("interrupted").GetBoolean());
        Assert.True(record.GetProperty("epochs_done").GetInt32() >= 1);
        Assert.Contains("of the test samples right", (await Program.RunAsync(folder, "evaluate", "run")).Succeeded().Output);
    }

    /// <summary>A theory about signals, which Windows does not have.</summary>
    private sealed class UnixTheoryAttribute : TheoryAttribute
    {
        public UnixTheoryAttribute()
        {
            if (OperatingSystem.IsWindows()) Skip = "there are no signals on Windows";
        }
    }

    private static class Unix
    {
        private const int Interruption = 2, Termination = 15;

        /// <summary>What Ctrl-C sends; a request to terminate where whoever started these tests had Ctrl-C ignored, which a child inherits.</summary>
        public static void Interrupt(Process process)
        {
            string? ignored = File.Exists("/proc/self/status")
                ? File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))
                : null;
            bool isIgnored = ignored is not null
                && (ulong.Parse(ignored.AsSpan(7).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & (1 << (Interruption - 1))) != 0;
            Assert.Equal(0, Kill(process.Id, isIgnored ? Termination : Interruption));
        }

        [DllImport("libc", EntryPoint = "kill")]
        private static extern int Kill(int process, int signal);
    }
}
