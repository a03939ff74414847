using System.Collections.Immutable;

namespace Nabla;

/// <summary>A data set that others published: four files, their sums, and where to get them.</summary>
/// <param name="Name">What --data calls it.</param>
/// <param name="Description">One sentence about it.</param>
/// <param name="Classes">The names of its classes.</param>
/// <param name="DebianPackage">The Debian package that holds it, or null.</param>
/// <param name="Addresses">Base addresses, tried in order, each ending in a slash.</param>
/// <param name="Files">The four files.</param>
internal sealed record PublishedDataset(string Name, string Description, ImmutableArray<string> Classes, string? DebianPackage,
    ImmutableArray<Uri> Addresses, ImmutableArray<PublishedFile> Files)
{
    /// <summary>H. Xiao, K. Rasul, R. Vollgraf, <i>Fashion-MNIST: a novel image dataset for benchmarking machine learning algorithms</i>,
    /// 2017.</summary>
    public static PublishedDataset FashionMnist { get; } = new(
        "fashion-mnist",
        "Fashion-MNIST: 70,000 photographs of clothes as 28 × 28 grey images, by Zalando Research (MIT licence).",
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
        "dataset-fashion-mnist",
        [
            new("https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"),
            new("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
        ],
        [
            new("train-images", 26421880, "8d4fb7e6c68d591d4c3dfef9ec88bf0d", "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
            new("train-labels", 29515, "25c81989df183df01b3e8a0aad5dffbe", "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
            new("t10k-images", 4422102, "bef4ecab320f06d8554ea6380940ec79", "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
            new("t10k-labels", 5148, "bb300cfdad3c16e7a12a480ee83cd310", "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
        ]);

    /// <summary>Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, <i>Gradient-based learning applied to document recognition</i>, 1998.</summary>
    public static PublishedDataset Mnist { get; } = new(
        "mnist",
        "MNIST: 70,000 digits written by hand, scanned as 28 × 28 grey images, by Y. LeCun, C. Cortes and C. Burges from NIST's forms.",
        ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        null,
        [
            new("https://ossci-datasets.s3.amazonaws.com/mnist/"),
            new("https://storage.googleapis.com/cvdf-datasets/mnist/"),
        ],
        [
            new("train-images", 9912422, "f68b3c2dcbeaaa9fbdd348bbdeb94873", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
            new("train-labels", 28881, "d53e105ee54ea40749a09fcbcd1e9432", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
            new("t10k-images", 1648877, "9fb629c4189551a2d022fa330f9573f3", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
            new("t10k-labels", 4542, "ec29112dd5afa0611ce80d1b7f02629c", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
        ]);
}
