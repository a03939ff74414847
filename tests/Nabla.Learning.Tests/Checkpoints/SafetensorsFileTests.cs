using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Nabla.Learning.Tests;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_golden_file_of_another_writer_is_read()
    {
        SafetensorsContent content = SafetensorsFile.Read(RepositoryFolder.Golden("tiny.safetensors"));
        Assert.Equal(Metadata.OrderBy(pair => pair.Key), content.Metadata.OrderBy(pair => pair.Key));
        Assert.Equal(Tensors.Length, content.Entries.Length);
        foreach ((SafetensorsEntry expected, SafetensorsEntry found) in Tensors.Zip(content.Entries))
        {
            AssertEqual(expected, found);
        }
    }

    [Fact]
    public void The_same_tensors_are_written_as_the_golden_files_very_bytes()
    {
        SafetensorsFile.Write(folder["tiny"], Tensors, Metadata);
        Assert.Equal(File.ReadAllBytes(RepositoryFolder.Golden("tiny.safetensors")), File.ReadAllBytes(folder["tiny"]));
    }

    [Fact]
    public void Values_begin_at_a_multiple_of_8_whatever_the_names()
    {
        for (int length = 1; length < 20; length++)
        {
            string name = new('n', length);
            SafetensorsFile.Write(folder["file"], [Entry(name, "U8", [1], [7]), Entry("wide", "F64", [1], new byte[8])]);
            byte[] bytes = File.ReadAllBytes(folder["file"]);
            Assert.Equal(0, (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes) % 8);
            Assert.Equal(7, bytes[^1]);
            Assert.Equal([name, "wide"], SafetensorsFile.Read(folder["file"]).Entries.Select(entry => entry.Name));
        }
    }

    [Fact]
    public void Texts_of_any_kind_and_no_tensors_at_all_come_back()
    {
        var metadata = new Dictionary<string, string> { ["설명"] = "따옴표 \" \\ 와 \n 줄", [""] = "", ["__metadata__"] = "{}" };
        SafetensorsFile.Write(folder["empty"], [], metadata);
        SafetensorsContent content = SafetensorsFile.Read(folder["empty"]);
        Assert.Empty(content.Entries);
        Assert.Equal(metadata.OrderBy(pair => pair.Key), content.Metadata.OrderBy(pair => pair.Key));

        SafetensorsFile.Write(folder["named"], [Entry("가중치 \"0\"", "BOOL", [], [1])]);
        Assert.Equal("가중치 \"0\"", SafetensorsFile.Read(folder["named"]).Entries.Single().Name);
        Assert.Empty(SafetensorsFile.Read(folder["named"]).Metadata);
    }

    [Fact]
    public void A_failed_write_leaves_the_older_file_and_nothing_else()
    {
        SafetensorsFile.Write(folder["file"], [Entry("old", "U8", [1], [1])]);
        Assert.Contains("needs 8 bytes, got 4", Refused([Entry("new", "F32", [2], new byte[4])]));
        Assert.Equal("old", SafetensorsFile.Read(folder["file"]).Entries.Single().Name);

        // A folder cannot be replaced by a file, so this fails at the very last step.
        Directory.CreateDirectory(folder["folder/inside"]);
        Assert.Contains("folder: the file cannot be written", Assert.Throws<CheckpointException>(
            () => SafetensorsFile.Write(folder["folder"], [Entry("new", "U8", [1], [1])])).Message);
        Assert.Contains("create the folder", Assert.Throws<CheckpointException>(
            () => SafetensorsFile.Write(folder["none/file"], [Entry("new", "U8", [1], [1])])).Message);
        Assert.Equal(["file"], folder.Files);

        SafetensorsFile.Write(folder["file"], [Entry("new", "U8", [1], [1])]);
        Assert.Equal("new", SafetensorsFile.Read(folder["file"]).Entries.Single().Name);
        Assert.Equal(["file"], folder.Files);
    }

    [Fact]
    public void What_no_reader_could_take_is_not_written()
    {
        Assert.Contains("tensor 'a': two tensors have this name", Refused([Entry("a", "U8", [1], [1]), Entry("a", "U8", [1], [1])]));
        Assert.Contains("tensor 'a': the type needs to be F32, F64, I32, I64, U8 or BOOL, got BF16", Refused([Entry("a", "BF16", [1], [1, 2])]));
        Assert.Contains("other than '' and __metadata__", Refused([Entry("__metadata__", "U8", [1], [1])]));
        Assert.Contains("other than '' and __metadata__", Refused([Entry("", "U8", [1], [1])]));
        Assert.Contains("got [2, -1]", Refused([Entry("a", "U8", [2, -1], [])]));
        Assert.Contains("got none", Refused([Entry("a", "U8", default, [])]));
        Assert.Contains("more bytes than any file holds, got 0", Refused([Entry("a", "F64", [int.MaxValue, int.MaxValue, int.MaxValue], [])]));
        SafetensorsFile.Write(folder["zero"], [Entry("a", "F64", [int.MaxValue, int.MaxValue, int.MaxValue, 0], [])]);
        Assert.Equal(4, SafetensorsFile.Read(folder["zero"]).Entries.Single().Shape.Length);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F16","shape":[4],"data_offsets":[0,8]}}""", "tensor 'a' has the type 'F16', and F32, F64")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "tensor 'a': F32 of shape [3] needs 12 bytes, got 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", "tensor 'a' lies at [4, 12), and only 8 bytes follow")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", "the tensors end at 4, and 8 bytes follow")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}""", "tensor 'a' lies at [4, 8) and leaves a gap")]
    [InlineData("""{"a":{"dtype":"U8","shape":[5],"data_offsets":[0,5]},"b":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}""",
        "tensor 'b' lies at [4, 8) and overlaps")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""", "'a' comes twice")]
    [InlineData("""{"a":{"dtype":"U8","shape":[-8],"data_offsets":[0,8]}}""", "tensor 'a', shape needs integers of at least 0, got -8")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8.5],"data_offsets":[0,8]}}""", "got 8.5")]
    [InlineData("""{"a":{"dtype":"U8","shape":["8"],"data_offsets":[0,8]}}""", "got String")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4294967304],"data_offsets":[0,8]}}""", "extents up to 2147483647")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[8,0]}}""", "begin ≤ end, got [8, 0]")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,4,8]}}""", "begin ≤ end, got [0, 4, 8]")]
    [InlineData("""{"a":{"dtype":"U8","shape":[2147483647,2147483647,4],"data_offsets":[0,8]}}""", "needs more bytes than any file holds")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8]}}""", "tensor 'a' has no data_offsets")]
    [InlineData("""{"a":{"dtype":"U8","dtype":"U8","shape":[8],"data_offsets":[0,8]}}""", "tensor 'a' has dtype twice")]
    [InlineData("""{"a":{"dtype":"U8","shape":[8],"data_offsets":[0,8],"more":1}}""", "the unknown field 'more'")]
    [InlineData("""{"a":5}""", "tensor 'a' needs to be a JSON StartObject, got Number")]
    [InlineData("""{"__metadata__":{"k":5}}""", "__metadata__, 'k' needs to be a JSON String, got Number")]
    [InlineData("""{"__metadata__":{"k":"1","k":"2"}}""", "'k' comes twice")]
    [InlineData("""[]""", "the header needs to be a JSON StartObject")]
    [InlineData("""{"a":""", "not valid JSON")]
    [InlineData("""{} {}""", "not valid JSON")]
    [InlineData("", "not valid JSON")]
    public void Each_fault_of_the_header_is_named(string json, string expected)
    {
        byte[] header = Encoding.UTF8.GetBytes(json);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        string message = Refusal([.. length, .. header, 1, 2, 3, 4, 5, 6, 7, 8]);
        Assert.StartsWith(folder["bad"], message);
        Assert.Contains(expected, message);
    }

    [Fact]
    public void Each_fault_of_the_file_is_named()
    {
        Assert.Contains("begins with 8 bytes that say the length of its header, and the file has 3", Refusal([1, 2, 3]));
        Assert.Contains("said to be 18446744073709551615 bytes long, and only 2 follow", Refusal([255, 255, 255, 255, 255, 255, 255, 255, 1, 2]));
        Assert.Contains("not valid JSON", Refusal([4, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'"', 0xFF, (byte)'"']));
        Assert.Contains("no such file", Assert.Throws<CheckpointException>(() => SafetensorsFile.Read(folder["none"])).Message);
        Assert.Contains("cannot be read", Assert.Throws<CheckpointException>(() => SafetensorsFile.Read(folder.Root)).Message);

        // A sparse file has the length without the bytes.
        using (FileStream large = File.Create(folder["large"]))
        {
            large.Write([1, 225, 245, 5, 0, 0, 0, 0]);
            large.SetLength(200_000_000);
        }
        Assert.Contains("at most 100000000 are read", Assert.Throws<CheckpointException>(() => SafetensorsFile.Read(folder["large"])).Message);
    }

    [Fact]
    public void Damaged_files_are_read_or_refused_and_nothing_else() =>
        Fuzz.Damage<CheckpointException>(File.ReadAllBytes(RepositoryFolder.Golden("tiny.safetensors")),
            bytes => SafetensorsFile.Read(folder.Write("damaged", bytes)));

    private static ImmutableArray<SafetensorsEntry> Tensors { get; } =
    [
        Entry("layers.0.weight", "F32", [2, 3], [.. new[] { 0f, -1.5f, 3.25f, 1e-30f, -2e30f, 0.5f }.SelectMany(Bytes)]),
        Entry("layers.0.mask", "BOOL", [3], [1, 0, 1]),
        Entry("step", "I64", [], Bytes(BitConverter.Int64BitsToDouble(-9007199254740993))),
        Entry("pixels", "U8", [2, 2], [0, 1, 128, 255]),
        Entry("exact", "F64", [2], [.. Bytes(0.1), .. Bytes(-1e300)]),
        Entry("nothing", "F32", [0, 4], []),
        Entry("index", "I32", [1], [0, 0, 0, 128]),
    ];

    private static Dictionary<string, string> Metadata { get; } = new() { ["made by"] = "struct and json", ["format"] = "golden" };

    private static SafetensorsEntry Entry(string name, string type, ImmutableArray<int> shape, byte[] data) => new(name, type, shape, data);

    private static byte[] Bytes(float value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] Bytes(double value)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        return bytes;
    }

    private static void AssertEqual(SafetensorsEntry expected, SafetensorsEntry found)
    {
        Assert.Equal((expected.Name, expected.DType), (found.Name, found.DType));
        Assert.Equal(expected.Shape.ToArray(), found.Shape.ToArray());
        Assert.Equal(expected.Data.ToArray(), found.Data.ToArray());
    }

    private string Refused(SafetensorsEntry[] entries) =>
        Assert.Throws<CheckpointException>(() => SafetensorsFile.Write(folder["file"], entries)).Message;

    private string Refusal(byte[] bytes) => Assert.Throws<CheckpointException>(() => SafetensorsFile.Read(folder.Write("bad", bytes))).Message;
}
