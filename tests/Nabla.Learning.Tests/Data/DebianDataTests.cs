namespace Nabla.Learning.Tests;

public class DebianDataTests
{
    [DebianDataFact]
    public async Task Fashion_mnist_is_found_without_a_network()
    {
        var catalog = new DataCatalog(new DataCatalogOptions { CacheFolder = "/nonexistent" });
        LoadedData loaded = await catalog.LoadAsync(new DataRequest("fashion-mnist") { AllowDownload = false });
        Assert.Equal(DebianDataFactAttribute.Folder, loaded.Origin);
        (Dataset train, Dataset test) = loaded.Pair;
        Assert.Equal((60000, 10000), (train.Count, test.Count));
        Assert.Equal([1, 28, 28], train.SampleShape.ToArray());
        Assert.Equal("Ankle boot", train.Classes[9]);

        // Published facts: each class has 6,000 and 1,000 samples, and the first ten labels to train are these.
        Assert.All(train.Labels.ToArray().CountBy(label => label), pair => Assert.Equal(6000, pair.Value));
        Assert.All(test.Labels.ToArray().CountBy(label => label), pair => Assert.Equal(1000, pair.Value));
        Assert.Equal([9, 0, 0, 3, 0, 2, 7, 2, 5, 5], train.Labels[..10].ToArray());

        // The published mean of the pixels to train is 0.2860.
        double sum = 0;
        float[] image = new float[784];
        for (int i = 0; i < train.Count; i++)
        {
            train.CopySample(i, image);
            foreach (float pixel in image)
            {
                sum += pixel;
            }
        }
        Assert.Equal(0.2860, sum / (60000.0 * 784), 5e-5);
    }
}
