namespace Nabla;

/// <summary>One file of a published data set.</summary>
/// <param name="Stem">train-images, train-labels, t10k-images or t10k-labels.</param>
/// <param name="PackedLength">The length of the published .gz file in bytes.</param>
/// <param name="PackedMd5">The published sum of the .gz file.</param>
/// <param name="ContentSha256">The sum of the unpacked content: packers differ in the .gz they make, and agree in this.</param>
internal sealed record PublishedFile(string Stem, long PackedLength, string PackedMd5, string ContentSha256)
{
    public string FileName => MnistLayout.FileName(Stem) + ".gz";
}
