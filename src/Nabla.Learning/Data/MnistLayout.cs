using System.Collections.Immutable;
using System.Globalization;

namespace Nabla;

/// <summary>A folder with the four files of the MNIST family: images and labels, to train and to test.</summary>
public static class MnistLayout
{
    private static readonly string[] Stems = ["train-images", "train-labels", "t10k-images", "t10k-labels"];

    /// <summary>
    /// Reads train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, each plain or with .gz, also
    /// spelled train-images.idx3-ubyte.
    /// </summary>
    /// <param name="folder">Where they lie.</param>
    /// <param name="name">What to call the data.</param>
    /// <returns>Images of [1, rows, columns] and their labels; the classes are named by their numbers.</returns>
    /// <exception cref="DataException">Files are missing (all are named), damaged, or do not belong together.</exception>
    public static DatasetPair Load(string folder, string name) =>
        Load(folder, name, $"Images read from {folder}.", classes: default, check: null);

    /// <param name="folder">Where the files lie.</param>
    /// <param name="name">What to call the data.</param>
    /// <param name="description">One sentence about them.</param>
    /// <param name="classes">The classes' names; default: the numbers up to the largest label.</param>
    /// <param name="check">Sees each file's stem, path and unpacked content before it is used, and refuses by throwing.</param>
    internal static DatasetPair Load(string folder, string name, string description, ImmutableArray<string> classes,
        Action<string, string, byte[]>? check)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!Directory.Exists(folder))
        {
            throw new DataException($"{folder}: there is no such folder; check the path");
        }
        string?[] paths = [.. Stems.Select(stem => Find(folder, stem))];
        string[] missing = [.. Stems.Where((_, i) => paths[i] is null).Select(FileName)];
        if (missing.Length > 0)
        {
            throw new DataException($"{folder}: {missing.Length} of 4 files are missing: {string.Join(", ", missing)} (plain or with .gz); "
                + "copy them there");
        }

        var arrays = new IdxArray[4];
        for (int i = 0; i < 4; i++)
        {
            byte[] content = IdxFile.Unpack(paths[i]!);
            check?.Invoke(Stems[i], paths[i]!, content);
            arrays[i] = IdxFile.Expect(IdxFile.Parse(content, paths[i]!), i % 2 == 0 ? 3 : 1, paths[i]!);
        }
        for (int i = 0; i < 4; i += 2)
        {
            CheckPart(arrays[i], arrays[i + 1], paths[i]!, paths[i + 1]!);
        }
        if (!arrays[0].Extents.AsSpan()[1..].SequenceEqual(arrays[2].Extents.AsSpan()[1..]))
        {
            throw new DataException($"{folder}: images to train and to test need equal sizes, got [{string.Join(", ", arrays[0].Extents.Skip(1))}] "
                + $"and [{string.Join(", ", arrays[2].Extents.Skip(1))}]; take all four files from one data set");
        }
        if (classes.IsDefault)
        {
            int largest = Math.Max(Largest(arrays[1]), Largest(arrays[3]));
            classes = [.. Enumerable.Range(0, largest + 1).Select(number => number.ToString(CultureInfo.InvariantCulture))];
        }
        return new DatasetPair(Combine(arrays[0], arrays[1]), Combine(arrays[2], arrays[3]));

        Dataset Combine(IdxArray images, IdxArray labels) =>
            Dataset.FromBytes(name, description, [1, .. images.Extents.Skip(1)], images.Values, Widen(labels), classes);
    }

    /// <summary>True where a folder has all four files.</summary>
    internal static bool IsComplete(string folder) => Directory.Exists(folder) && Stems.All(stem => Find(folder, stem) is not null);

    /// <summary>The path of one of the four files, or null; the unpacked spelling first.</summary>
    internal static string? Find(string folder, string stem)
    {
        string dashed = Path.Combine(folder, FileName(stem)), dotted = Path.Combine(folder, FileName(stem, '.'));
        return new[] { dashed, dashed + ".gz", dotted, dotted + ".gz" }.FirstOrDefault(File.Exists);
    }

    /// <summary>train-images becomes train-images-idx3-ubyte.</summary>
    internal static string FileName(string stem) => FileName(stem, '-');

    private static string FileName(string stem, char separator) =>
        stem + separator + (stem.EndsWith("images", StringComparison.Ordinal) ? "idx3-ubyte" : "idx1-ubyte");

    private static void CheckPart(IdxArray images, IdxArray labels, string imagePath, string labelPath)
    {
        if (images.Extents[0] != labels.Extents[0])
        {
            throw new DataException($"{imagePath} holds {images.Extents[0]} images, and {labelPath} holds {labels.Extents[0]} labels; "
                + "each image needs one label: take both files from one data set");
        }
        if (images.Values.IsEmpty)
        {
            throw new DataException($"{imagePath}: images of at least one pixel are needed, got [{string.Join(", ", images.Extents)}]");
        }
    }

    private static int[] Widen(IdxArray labels)
    {
        int[] wide = new int[labels.Values.Length];
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] = labels.Values.Span[i];
        }
        return wide;
    }

    private static int Largest(IdxArray labels)
    {
        byte largest = 0;
        foreach (byte label in labels.Values.Span)
        {
            largest = Math.Max(largest, label);
        }
        return largest;
    }
}
