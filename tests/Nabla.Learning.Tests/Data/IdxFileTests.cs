using System.Collections.Immutable;
using System.IO.Compression;

namespace Nabla.Learning.Tests;

public class IdxFileTests
{
    private static readonly byte[] Labels = [0, 0, 8, 1, 0, 0, 0, 5, 9, 0, 0, 3, 255];
    private static readonly byte[] Images = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6];

    [Fact]
    public void Bytes_written_by_hand_are_read_plain_and_packed()
    {
        foreach (byte[] bytes in (byte[][])[Labels, Pack(Labels)])
        {
            IdxArray labels = Read(bytes);
            Assert.Equal([5], labels.Extents.ToArray());
            Assert.Equal([9, 0, 0, 3, 255], labels.Values.ToArray());
        }
        IdxArray images = Read(Pack(Images));
        Assert.Equal([2, 1, 3], images.Extents.ToArray());
        Assert.Equal([1, 2, 3, 4, 5, 6], images.Values.ToArray());
    }

    [Fact]
    public void Written_files_are_those_bytes_and_their_content_decides_not_their_name()
    {
        using var folder = new TemporaryFolder();
        var images = new IdxArray([2, 1, 3], new byte[] { 1, 2, 3, 4, 5, 6 });
        IdxFile.Write(folder["images"], images);
        Assert.Equal(Images, File.ReadAllBytes(folder["images"]));
        IdxFile.Write(folder["images.gz"], images);
        Assert.Equal([0x1F, 0x8B], File.ReadAllBytes(folder["images.gz"])[..2]);
        File.Copy(folder["images.gz"], folder["plain-by-name"]);
        Assert.Equal([2, 1, 3], IdxFile.ReadImages(folder["plain-by-name"]).Extents.ToArray());
    }

    [Fact]
    public void More_than_a_megabyte_and_nothing_at_all_arrive_whole()
    {
        byte[] values = new byte[3_000_017];
        new Random(1).NextBytes(values);
        foreach (bool packed in (bool[])[false, true])
        {
            foreach (byte[] content in (byte[][])[values, []])
            {
                using var stream = new MemoryStream();
                IdxFile.Write(stream, new IdxArray([content.Length], content), packed);
                Assert.True(content.AsSpan().SequenceEqual(Read(stream.ToArray()).Values.Span));
            }
        }
    }

    [Fact]
    public void Each_fault_is_named()
    {
        Assert.Contains("data: the file is empty", Refusal([]));
        Assert.Contains("within its header, which needs 4 bytes and has 1", Refusal([0]));
        Assert.Contains("within its header, which needs 16 bytes and has 9", Refusal(Images[..9]));
        Assert.Contains("got 89 50 4E 47", Refusal([0x89, 0x50, 0x4E, 0x47, 1, 2, 3, 4]));
        Assert.Contains("32-bit floats (0D)", Refusal([0, 0, 0x0D, 1, 0, 0, 0, 1, 0, 0, 0, 0]));
        Assert.Contains("signed bytes (09)", Refusal([0, 0, 9, 1, 0, 0, 0, 1, 0]));
        Assert.Contains("the unknown type 77", Refusal([0, 0, 0x77, 1, 0, 0, 0, 1, 0]));
        Assert.Contains("got 2", Refusal([0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 1, 5]));
        Assert.Contains("6 bytes of values, but 5 follow", Refusal(Images[..^1]));
        Assert.Contains("more bytes follow", Refusal([.. Images, 7]));
        Assert.Contains("claims 18446744065119617041 bytes", Refusal([0, 0, 8, 3, 0, 0, 0, 1, 255, 255, 255, 255, 255, 255, 255, 255]));
    }

    [Fact]
    public void Each_fault_of_the_packing_is_named()
    {
        byte[] packed = Pack(Labels);
        for (int length = 2; length < packed.Length; length++)
        {
            Assert.Contains("data:", Refusal(packed[..length]));
        }
        Assert.Contains("more bytes follow", Refusal(Pack([.. Labels, 1])));
        Assert.Contains("only 4 follow", Refusal(Pack(Labels[..^1])));
        Assert.Contains("something follows it", Refusal([.. packed, 1, 2, 3, 4, 5]));
        byte[] wrongSum = [.. packed];
        wrongSum[^8] ^= 1;
        Assert.Contains("gzip data are damaged", Refusal(wrongSum));
        // Two gigabytes are claimed, and some thirty packed bytes cannot unpack to them.
        Assert.Contains("the packed file can hold at most", Refusal(Pack([0, 0, 8, 1, 0x7F, 0xFF, 0, 0, 1, 2])));
    }

    [Fact]
    public void Claimed_extents_take_no_memory()
    {
        // Random values do not pack, so the claim of 1 GiB passes the ratio and only the arriving bytes can refute it.
        byte[] values = new byte[1_200_000];
        new Random(2).NextBytes(values);
        byte[] bytes = Pack([0, 0, 8, 1, 0x40, 0, 0, 0, .. values]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("only 1200000 follow", Refusal(bytes));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 32 << 20);
    }

    [Fact]
    public void Labels_are_not_images_and_a_missing_file_or_a_folder_is_said()
    {
        using var folder = new TemporaryFolder();
        string labels = folder.Write("labels", Labels), images = folder.Write("images", Images);
        Assert.Contains("the file holds labels [5]", Assert.Throws<DataException>(() => IdxFile.ReadImages(labels)).Message);
        Assert.Contains("the file holds images [2, 1, 3]", Assert.Throws<DataException>(() => IdxFile.ReadLabels(images)).Message);
        Assert.Contains("no such file", Assert.Throws<DataException>(() => IdxFile.Read(folder["none"])).Message);
        Assert.Contains("got a folder", Assert.Throws<DataException>(() => IdxFile.Read(folder.Root)).Message);
        Assert.Contains("no such file", Assert.Throws<DataException>(
            () => IdxFile.Write(folder["none/labels"], new IdxArray([1], new byte[1]))).Message);
    }

    [Fact]
    public void What_does_not_fit_is_not_written()
    {
        static string Refused(ImmutableArray<int> extents, int values) =>
            Assert.Throws<DataException>(() => IdxFile.Write(Stream.Null, new IdxArray(extents, new byte[values]), packed: false)).Message;

        Assert.Contains("needs 6 values, got 5", Refused([1, 2, 3], 5));
        Assert.Contains("got [2, 3]", Refused([2, 3], 6));
        Assert.Contains("got [-1]", Refused([-1], 1));
        Assert.Contains("got none", Refused(default, 0));
    }

    [Fact]
    public void Damaged_files_are_read_or_refused_and_nothing_else()
    {
        byte[] large = [0, 0, 8, 3, 0, 0, 0, 20, 0, 0, 0, 7, 0, 0, 0, 5, .. Enumerable.Range(0, 700).Select(i => (byte)(i * i >> 3))];
        Fuzz.Damage<DataException>(large, bytes => Read(bytes));
        Fuzz.Damage<DataException>(Pack(large), bytes => Read(bytes));
    }

    private static IdxArray Read(byte[] bytes) => IdxFile.Read(new MemoryStream(bytes), "data");

    private static string Refusal(byte[] bytes) => Assert.Throws<DataException>(() => Read(bytes)).Message;

    private static byte[] Pack(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }
        return stream.ToArray();
    }
}
