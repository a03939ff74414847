using System.Globalization;

namespace Nabla;

/// <summary>Reads portable greymaps, P2 (text) and P5 (bytes): width, height, largest value, then the pixels row by row.</summary>
internal static class PgmReader
{
    public static GrayImage Read(byte[] bytes, string path)
    {
        int position = 2;
        bool isText = bytes[1] == '2';
        long width = Number("the width"), height = Number("the height"), largest = Number("the largest value");
        int count = GrayImage.CheckedCount(width, height, path);
        if (largest is < 1 or > 65535)
            throw new DataException($"{path}: the largest value of a PGM is 1 to 65535, got {largest}; the file is damaged");
        int bytesEach = largest > 255 ? 2 : 1;
        if (!isText) position++;
        if (!isText && bytes.Length - position < (long)count * bytesEach)
        {
            throw new DataException($"{path}: a PGM of {width} x {height} needs {(long)count * bytesEach} bytes of pixels, "
                + $"got {Math.Max(0, bytes.Length - position)}; it is cut off");
        }
        if (isText && bytes.Length - position < count)
            throw new DataException($"{path}: a PGM of {width} x {height} needs {count} numbers; it is cut off");
        float[] pixels = new float[count];
        for (int i = 0; i < count; i++)
        {
            long value = isText ? Number($"pixel {i}") : bytesEach == 1 ? bytes[position++] : (bytes[position++] << 8) | bytes[position++];
            pixels[i] = Math.Min(1, (float)value / largest);
        }
        return new((int)width, (int)height, pixels);

        long Number(string what)
        {
            while (position < bytes.Length && (char.IsWhiteSpace((char)bytes[position]) || bytes[position] == '#'))
            {
                if (bytes[position] == '#')
                    while (position < bytes.Length && bytes[position] != '\n') position++;
                else position++;
            }
            int start = position;
            while (position < bytes.Length && position - start < 10 && char.IsAsciiDigit((char)bytes[position])) position++;
            return position > start
                ? long.Parse(System.Text.Encoding.ASCII.GetString(bytes, start, position - start), CultureInfo.InvariantCulture)
                : throw new DataException($"{path}: a PGM needs {what} at byte {start}, found no number; the file is damaged or cut off");
        }
    }
}
