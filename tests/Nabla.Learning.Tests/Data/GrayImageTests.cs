using System.Text;

namespace Nabla.Learning.Tests;

public class GrayImageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<int, int> KindsOfPng => new()
    {
        { PngFile.Grey, 1 }, { PngFile.Grey, 2 }, { PngFile.Grey, 4 }, { PngFile.Grey, 8 }, { PngFile.Grey, 16 },
        { PngFile.Rgb, 8 }, { PngFile.Rgb, 16 },
        { PngFile.Palette, 1 }, { PngFile.Palette, 2 }, { PngFile.Palette, 4 }, { PngFile.Palette, 8 },
        { PngFile.GreyAlpha, 8 }, { PngFile.GreyAlpha, 16 },
        { PngFile.Rgba, 8 }, { PngFile.Rgba, 16 },
    };

    [Theory]
    [MemberData(nameof(KindsOfPng))]
    public void Every_colour_type_depth_and_filter_is_read(int colour, int bits)
    {
        Random random = new((100 * colour) + bits);
        // Eleven columns leave a part of the last byte of a row unused at 1, 2 and 4 bits.
        const int width = 11, height = 10;
        int channels = PngFile.Channels(colour);
        int[] samples = [.. Enumerable.Range(0, width * height * channels).Select(_ => random.Next(1 << bits))];
        byte[] palette = new byte[3 << Math.Min(bits, 8)];
        random.NextBytes(palette);
        byte[] png = PngFile.Write(width, height, bits, colour, samples, y => y % 5, colour == PngFile.Palette ? palette : null);

        GrayImage image = Load(png);
        Assert.Equal((width, height), (image.Width, image.Height));
        double most = (1 << bits) - 1;
        for (int i = 0; i < width * height; i++)
        {
            double Channel(int channel) => samples[(i * channels) + channel] / most;
            double Entry(int channel) => palette[(3 * samples[i]) + channel] / 255.0;
            double expected = colour switch
            {
                PngFile.Grey => Channel(0),
                PngFile.Rgb => Luma(Channel(0), Channel(1), Channel(2)),
                PngFile.Palette => Luma(Entry(0), Entry(1), Entry(2)),
                PngFile.GreyAlpha => OnWhite(Channel(0), Channel(1)),
                _ => OnWhite(Luma(Channel(0), Channel(1), Channel(2)), Channel(3)),
            };
            Assert.Equal(expected, image.Pixels.Span[i], 1e-6);
        }

        static double Luma(double red, double green, double blue) => (0.299 * red) + (0.587 * green) + (0.114 * blue);
        static double OnWhite(double shade, double alpha) => (shade * alpha) + 1 - alpha;
    }

    [Fact]
    public void Pixels_in_several_parts_are_one_picture_and_unknown_parts_are_passed_over()
    {
        byte[] packed = PngFile.Pack([0, 10, 20, 0, 30, 40]);
        GrayImage image = Load(PngFile.Assemble(
            ("IHDR", PngFile.Header(2, 2, 8, PngFile.Grey)), ("gAMA", [0, 0, 0, 1]),
            ("IDAT", packed[..3]), ("IDAT", []), ("IDAT", packed[3..]), ("IEND", [])));
        Assert.Equal([10 / 255f, 20 / 255f, 30 / 255f, 40 / 255f], image.Pixels.ToArray());
    }

    [Fact]
    public void Each_damage_of_a_png_is_named()
    {
        byte[] header = PngFile.Header(2, 2, 8, PngFile.Grey), rows = PngFile.Pack([0, 1, 2, 0, 3, 4]);
        byte[] whole = PngFile.Assemble(("IHDR", header), ("IDAT", rows), ("IEND", []));
        Load(whole);
        for (int length = 8; length < whole.Length; length++) Assert.Contains("it is cut off", Refusal(whole[..length]));
        byte[] wrongSum = [.. whole];
        wrongSum[20] ^= 1;
        Assert.Contains("the checksum of its IHDR part is wrong", Refusal(wrongSum));
        byte[] wrongLength = [.. whole];
        wrongLength[8] = 0xFF;
        Assert.Contains("it is cut off", Refusal(wrongLength));

        Assert.Contains("its header has the wrong length", Refusal(Png(("IHDR", header[..12]), ("IDAT", rows))));
        Assert.Contains("it has no header", Refusal(Png(("IDAT", rows))));
        Assert.Contains("its pixels cannot be unpacked", Refusal(Png(("IHDR", header))));
        Assert.Contains("its pixels cannot be unpacked", Refusal(Png(("IHDR", header), ("IDAT", rows[..4]))));
        Assert.Contains("its pixels cannot be unpacked", Refusal(Png(("IHDR", header), ("IDAT", [1, 2, 3, 4, 5, 6]))));
        Assert.Contains("its pixels cannot be unpacked", Refusal(Png(("IHDR", header), ("IDAT", PngFile.Pack([0, 1, 2])))));
        Assert.Contains("row 1 has the unknown filter 5", Refusal(Png(("IHDR", header), ("IDAT", PngFile.Pack([0, 1, 2, 5, 3, 4])))));
        Assert.Contains("an interlaced PNG is not read", Refusal(Png(("IHDR", PngFile.Header(2, 2, 8, PngFile.Grey, interlace: 1)), ("IDAT", rows))));
        Assert.Contains("needs 1 to 16,777,216 pixels, got 0 x 2", Refusal(Png(("IHDR", PngFile.Header(0, 2, 8, PngFile.Grey)), ("IDAT", rows))));
        Assert.Contains("got 65536 x 65536", Refusal(Png(("IHDR", PngFile.Header(65536, 65536, 8, PngFile.Grey)), ("IDAT", rows))));
        Assert.Contains("got 2 x 4294967295", Refusal(Png(("IHDR", PngFile.Header(2, -1, 8, PngFile.Grey)), ("IDAT", rows))));
        (int Bits, int Colour)[] unknown = [(3, 0), (0, 0), (32, 0), (8, 1), (8, 5), (8, 7), (4, 2), (16, 3), (1, 4), (2, 6)];
        foreach ((int bits, int colour) in unknown)
        {
            byte[] png = Png(("IHDR", PngFile.Header(2, 2, bits, colour)), ("IDAT", rows));
            Assert.Contains($"{bits} bits of colour type {colour} do not exist", Refusal(png));
        }
        byte[] indexed = PngFile.Header(2, 2, 8, PngFile.Palette);
        Assert.Contains("names the colour 3, which its palette lacks", Refusal(Png(("IHDR", indexed), ("PLTE", new byte[9]), ("IDAT", rows))));
        Assert.Contains("names the colour 1, which its palette lacks", Refusal(Png(("IHDR", indexed), ("IDAT", rows))));

        static byte[] Png(params (string, byte[]?)[] chunks) => PngFile.Assemble([.. chunks, ("IEND", [])]);
    }

    [Fact]
    public void A_small_file_that_claims_a_large_picture_takes_no_memory()
    {
        byte[] png = PngFile.Assemble(("IHDR", PngFile.Header(4096, 4096, 16, PngFile.Rgba)), ("IDAT", PngFile.Pack(new byte[100])), ("IEND", []));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("its pixels cannot be unpacked", Refusal(png));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 16 << 20);
    }

    [Fact]
    public void Greymaps_are_read_as_text_and_as_bytes_of_one_and_two()
    {
        foreach (byte[] file in (byte[][])[
            "P2 3 2 4 0 1 2 3 4 9"u8.ToArray(),
            "P2\n# made by hand\n3 2 # here too\n4\n0 1 2\n3 4 9\n"u8.ToArray(),
            [.. "P5 3 2 4\n"u8, 0, 1, 2, 3, 4, 9],
            [.. "P5\r\n3\t2\r4 "u8, 0, 1, 2, 3, 4, 9]])
        {
            GrayImage image = Load(file);
            Assert.Equal((3, 2), (image.Width, image.Height));
            // A value beyond the largest is white.
            Assert.Equal([0, 0.25f, 0.5f, 0.75f, 1, 1], image.Pixels.ToArray());
        }
        Assert.Equal([256 / 1000f, 1], Load([.. "P5 2 1 1000 "u8, 1, 0, 3, 0xE8]).Pixels.ToArray());
        // A pixel that looks like white space is a pixel.
        Assert.Equal([10 / 255f, 32 / 255f], Load([.. "P5 2 1 255\n"u8, 10, 32]).Pixels.ToArray());
    }

    [Fact]
    public void Each_damage_of_a_greymap_is_named()
    {
        Assert.Contains("needs 4 bytes of pixels, got 3", Refusal([.. "P5 2 2 255 "u8, 1, 2, 3]));
        Assert.Contains("needs 4 bytes of pixels, got 0", Refusal("P5 2 2 255"u8.ToArray()));
        Assert.Contains("needs 8 bytes of pixels, got 4", Refusal([.. "P5 2 2 256 "u8, 1, 2, 3, 4]));
        Assert.Contains("needs pixel 3 at byte", Refusal("P2 2 2 255 1   2   3"u8.ToArray()));
        Assert.Contains("needs 4 numbers", Refusal("P2 2 2 255"u8.ToArray()));
        Assert.Contains("needs pixel 1 at byte", Refusal("P2 2 1 255 1 x2"u8.ToArray()));
        Assert.Contains("needs the width at byte", Refusal("P5 x"u8.ToArray()));
        Assert.Contains("needs the height at byte", Refusal("P5 2 -1"u8.ToArray()));
        Assert.Contains("needs the largest value", Refusal("P5 2 2 # 255"u8.ToArray()));
        Assert.Contains("1 to 65535, got 0", Refusal("P5 2 2 0 abcd"u8.ToArray()));
        Assert.Contains("1 to 65535, got 65536", Refusal("P5 2 2 65536 abcd"u8.ToArray()));
        Assert.Contains("needs 1 to 16,777,216 pixels, got 0 x 2", Refusal("P5 0 2 255 "u8.ToArray()));
        Assert.Contains("got 9999999999 x 9999999999", Refusal("P5 9999999999 9999999999 255 "u8.ToArray()));
    }

    [Fact]
    public void What_is_no_picture_is_refused()
    {
        Assert.Contains("got one that begins with nothing", Refusal([]));
        Assert.Contains("got one that begins with FFD8FFE0", Refusal([0xFF, 0xD8, 0xFF, 0xE0, 0, 0]));
        Assert.Contains("got one that begins with 5033", Refusal("P3"u8.ToArray()));
        Assert.Contains("there is no such file", Assert.Throws<DataException>(() => GrayImage.Load(folder["none.png"])).Message);
        Assert.Contains("got a folder", Assert.Throws<DataException>(() => GrayImage.Load(folder.Root)).Message);
    }

    [Fact]
    public void Damaged_pictures_are_read_or_refused_and_nothing_else()
    {
        Random random = new(11);
        int[] samples = [.. Enumerable.Range(0, 9 * 7).Select(_ => random.Next(4))];
        byte[] rgba = PngFile.Write(9, 7, 8, PngFile.Rgba, [.. Enumerable.Range(0, 9 * 7 * 4).Select(_ => random.Next(256))], y => y % 5);
        byte[] palette = PngFile.Write(9, 7, 2, PngFile.Palette, samples, y => y % 5, new byte[12]);
        byte[] text = Encoding.ASCII.GetBytes($"P2 9 7 3 {string.Join(' ', samples)}"), bytes = [.. "P5 9 7 3 "u8, .. samples.Select(s => (byte)s)];
        foreach (byte[] valid in (byte[][])[rgba, palette]) Fuzz.Damage<DataException>(valid, file => Load(file));
        foreach (byte[] valid in (byte[][])[text, bytes]) Fuzz.Damage<DataException>(valid, file => Load(file), times: 400);
    }

    [Fact]
    public void Damage_behind_right_checksums_is_refused_too()
    {
        Random random = new(12);
        int refused = 0;
        for (int i = 0; i < 500; i++)
        {
            byte[] header = PngFile.Header(random.Next(1, 6), random.Next(1, 6), 1 << random.Next(5), random.Next(7));
            byte[] rows = new byte[random.Next(60)];
            random.NextBytes(rows);
            // Most filters are 0 to 4, so that some pictures get through.
            for (int j = 0; j < rows.Length; j++) rows[j] %= 5;
            byte[] png = PngFile.Assemble(("IHDR", header), ("PLTE", new byte[3 * random.Next(5)]), ("IDAT", PngFile.Pack(rows)), ("IEND", []));
            try
            {
                GrayImage image = Load(png);
                Assert.All(image.Pixels.ToArray(), shade => Assert.InRange(shade, 0, 1));
            }
            catch (DataException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 100, 499);
    }

    [Fact]
    public void A_resized_pixel_is_the_mean_of_what_it_covers()
    {
        GrayImage image = new(4, 2, new float[] { 0, 1, 0.5f, 0.5f, 1, 0, 0.25f, 0.75f });
        Assert.Equal([0.5f, 0.5f], image.Resize(2, 1).Pixels.ToArray());
        Assert.Equal(image.Pixels.ToArray(), image.Resize(4, 2).Pixels.ToArray());
        Assert.Equal([0, 0, 1, 1, 0.5f, 0.5f, 0.5f, 0.5f], image.Resize(8, 2).Pixels.ToArray()[..8]);
        // Three pixels to two: each covers one and a half.
        Assert.Equal([(0 + 0.5f) / 1.5f, (0.5f + 1) / 1.5f], new GrayImage(3, 1, new float[] { 0, 1, 1 }).Resize(2, 1).Pixels.ToArray());
        Assert.Equal((7, 5), (image.Resize(7, 5).Width, image.Resize(7, 5).Height));
    }

    [Theory]
    [InlineData(100, 60, 28, 28)]
    [InlineData(28, 28, 100, 60)]
    [InlineData(17, 31, 13, 29)]
    public void Resizing_keeps_the_mean_and_a_plain_ground(int fromWidth, int fromHeight, int width, int height)
    {
        Random random = new(5);
        float[] pixels = [.. Enumerable.Range(0, fromWidth * fromHeight).Select(_ => random.NextSingle())];
        GrayImage resized = new GrayImage(fromWidth, fromHeight, pixels).Resize(width, height);
        Assert.Equal(pixels.Average(p => (double)p), resized.Pixels.ToArray().Average(p => (double)p), 1e-6);
        GrayImage plain = new GrayImage(fromWidth, fromHeight, Enumerable.Repeat(0.3f, pixels.Length).ToArray()).Resize(width, height);
        Assert.All(plain.Pixels.ToArray(), shade => Assert.Equal(0.3f, shade, 1e-6f));
    }

    [Fact]
    public void Ink_on_paper_is_told_by_its_rim_and_turned_round()
    {
        float[] pixels = new float[25];
        pixels[12] = 1;
        GrayImage light = new(5, 5, pixels), dark = light.Invert();
        Assert.False(light.IsDarkOnLight());
        Assert.True(dark.IsDarkOnLight());
        Assert.Equal(0, dark.Pixels.Span[12]);
        Assert.Equal(1, dark.Pixels.Span[0]);
        Assert.Equal(light.Pixels.ToArray(), dark.Invert().Pixels.ToArray());
    }

    private GrayImage Load(byte[] file) => GrayImage.Load(folder.Write("picture", file));

    private string Refusal(byte[] file)
    {
        string message = Assert.Throws<DataException>(() => Load(file)).Message;
        Assert.StartsWith(folder["picture"], message);
        return message;
    }
}
