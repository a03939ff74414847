using System.Diagnostics;

namespace Nabla.Tests;

/// <summary>The same bits with registers of 512 and 256 bits; without fused multiply-add, a few units in the last place apart.</summary>
public class WidthTests
{
    [Fact]
    public void WithoutAvx512TheBitsAreTheSame()
    {
        foreach ((string label, Tensor here, byte[] there) in Run("False", ("DOTNET_EnableAVX512", "0"), ("DOTNET_EnableAVX512F", "0")))
            Assert.True(here.Bytes.SequenceEqual(there), $"{label} has other bits without AVX-512: {here}");
    }

    [Fact]
    public void WithoutAvx2ResultsAreClose()
    {
        foreach ((string label, Tensor here, byte[] there) in Run("False False False", ("DOTNET_EnableAVX2", "0"), ("DOTNET_EnableAVX512", "0"),
            ("DOTNET_EnableAVX512F", "0"), ("DOTNET_EnableFMA", "0")))
        {
            Tensor other = Tensor.Zeros(here.Shape, here.DType);
            there.CopyTo(other.Bytes);
            if (!here.DType.IsFloating) Assert.True(here.Bytes.SequenceEqual(there), $"{label} without AVX2: {here} became {other}");
            else Distance.Check(Grid.Of(here), other, (64, 64), scaled: true, $"{label} without AVX2");
        }
    }

    // The switches only narrow what the machine has, so on an older machine this compares what it can.
    private static IEnumerable<(string Label, Tensor Here, byte[] There)> Run(string features, params (string Name, string Value)[] switches)
    {
        string path = Path.GetTempFileName(), program = typeof(WidthProbe).Assembly.Location;
        try
        {
            ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardError = true };
            foreach (string argument in new[] { "exec", "--runtimeconfig", Path.ChangeExtension(program, "runtimeconfig.json"), program,
                path }) start.ArgumentList.Add(argument);
            foreach ((string name, string value) in switches) start.Environment[name] = value;
            using Process process = Process.Start(start)!;
            string errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == 0, errors);
            string[] lines = File.ReadAllLines(path);
            Assert.StartsWith(features, lines[0]);
            int line = 1;
            foreach ((string label, Tensor here) in WidthProbe.Results())
            {
                string[] parts = lines[line++].Split('\t');
                Assert.Equal(label, parts[0]);
                yield return (label, here, Convert.FromHexString(parts[2]));
            }
            Assert.Equal(lines.Length, line);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
