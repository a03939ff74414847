namespace Nabla.Learning.Tests;

public class GoldenFileTests
{
    private static readonly string[] Topics = ["layers", "convolutions", "pooling", "losses", "optimizers", "initialization"];

    [PyTorchFact]
    public void GoldensStillComeOut()
    {
        using TemporaryFolder folder = new();
        Python.Run(RepositoryFolder.Golden(Path.Combine("pytorch", "make_goldens.py")), folder.Root);
        Assert.Equal(Topics.Order(), folder.Files.Select(Path.GetFileNameWithoutExtension));
        foreach (string topic in Topics)
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
