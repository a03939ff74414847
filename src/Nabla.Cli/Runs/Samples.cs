namespace Nabla.Cli.Runs;

/// <summary>Reads what a person wants classified into the shape that a run's network takes.</summary>
internal static class Samples
{
    /// <returns>The values of all samples, one after the other, and how many samples.</returns>
    public static (float[] Values, int Count) Read(string file, RunRecord record, Action<string> note)
    {
        if (!File.Exists(file)) throw new UsageException($"there is no file {file} to predict");
        int[] shape = record.Model.SampleShape;
        if (record.Scaling is { } scaling)
        {
            float[] rows = CsvDataset.LoadFeatures(file, scaling.ToScaling());
            if (rows.Length == 0) throw new DataException($"{file} has no rows; add one for each sample to predict");
            return (rows, rows.Length / shape[0]);
        }
        using FileStream stream = File.OpenRead(file);
        int first = stream.ReadByte();
        stream.Dispose();
        // An IDX file begins with a zero byte, a packed one with gzip's mark.
        if (first is 0 or 0x1F) return ReadImages(file, shape);
        return (ReadPicture(file, shape, note), 1);
    }

    private static (float[] Values, int Count) ReadImages(string file, int[] shape)
    {
        IdxArray images = IdxFile.ReadImages(file);
        if (images.Extents[1] != shape[1] || images.Extents[2] != shape[2])
        {
            throw new DataException(
                $"{file}: the run takes images of {shape[1]} x {shape[2]}, these are {images.Extents[1]} x {images.Extents[2]}; resize them first");
        }
        float[] values = new float[images.Values.Length];
        for (int i = 0; i < values.Length; i++) values[i] = images.Values.Span[i] / 255f;
        return (values, images.Extents[0]);
    }

    private static float[] ReadPicture(string file, int[] shape, Action<string> note)
    {
        GrayImage image = GrayImage.Load(file);
        if (image.IsDarkOnLight())
        {
            image = image.Invert();
            note($"({file} is dark on light; turned round, as the network was trained on light on dark)");
        }
        if (image.Height != shape[1] || image.Width != shape[2])
        {
            note($"({file} is {image.Width} x {image.Height}; resized to {shape[2]} x {shape[1]})");
            image = image.Resize(shape[2], shape[1]);
        }
        return image.Pixels.ToArray();
    }
}
