namespace Nabla.Learning.Tests;

public class GoldenFileTests
{
    [PyTorchFact]
    public void GoldensStillComeOut() =>
        Compare("make_goldens.py", ["layers", "convolutions", "pooling", "losses", "optimizers", "initialization"]);

    [PyTorchFact]
    public void GoldensOfSequencesStillComeOut() => Compare("make_goldens_sequence.py", ["sequences", "channels"]);

    private static void Compare(string program, string[] topics)
    {
        using TemporaryFolder folder = new();
        Python.Run(RepositoryFolder.Golden(Path.Combine("pytorch", program)), folder.Root);
        Assert.Equal(topics.Order(), folder.Files.Select(Path.GetFileNameWithoutExtension));
        foreach (string topic in topics)
        {
            GoldenCase[] kept = GoldenCase.Read(topic), made = GoldenCase.ReadFile(folder[topic + ".json"]);
            Assert.Equal(kept.Select(item => item.ToString()), made.Select(item => item.ToString()));
            foreach ((GoldenCase left, GoldenCase right) in kept.Zip(made))
            {
                Assert.Equal(left.TensorNames, right.TensorNames);
                // Not to the bit: another processor may run other kernels.
                foreach (string name in left.TensorNames) left.Expect(name, right[name], 1e-12);
            }
        }
    }
}
