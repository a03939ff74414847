using System.Collections.Immutable;

namespace Nabla;

/// <summary>A module's parameters and states as a safetensors file, under the names that PyTorch gives them.</summary>
/// <remarks>
/// A name is the parameter's path in lower snake case: <c>Hidden.Weight</c> is <c>hidden.weight</c>, the third of a <see cref="Sequential"/>
/// <c>2.weight</c>.
/// So <c>twin.load_state_dict(safetensors.torch.load_file(path))</c> fills a PyTorch module of the same build, and the other way round.
/// </remarks>
public static class Weights
{
    /// <summary>Names that begin so belong to training and not to the module; <see cref="Load"/> passes over them.</summary>
    internal const string TrainingPrefix = "training/";

    /// <summary>Writes all parameters and states, wholly or not at all.</summary>
    /// <param name="path">The file; an older one is replaced.</param>
    /// <param name="module">What to save.</param>
    /// <param name="metadata">Texts to keep with them, or null.</param>
    /// <exception cref="CheckpointException">The file cannot be written, or two parameters have one name.</exception>
    public static void Save(string path, Module module, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(module);
        SafetensorsFile.Write(path, [.. Cells(module).Select(cell => StoredTensors.Entry(cell.Name, cell.Cell))], metadata);
    }

    /// <summary>Fills a module with what a file holds. If anything fails, nothing has changed.</summary>
    /// <param name="path">The file; one saved by a <see cref="Trainer"/> serves too.</param>
    /// <param name="module">What to fill.</param>
    /// <param name="strict">False to pass over names that only one of the two has. Shapes must be the same in any case.</param>
    /// <returns>The file's metadata.</returns>
    /// <remarks>Float32 and Float64 are converted into each other, rounding to nearest.</remarks>
    /// <exception cref="CheckpointException">The file cannot be read, or does not fit: the message lists what is missing, unexpected or of another
    /// shape.</exception>
    public static ImmutableDictionary<string, string> Load(string path, Module module, bool strict = true)
    {
        ArgumentNullException.ThrowIfNull(module);
        SafetensorsContent content = SafetensorsFile.Read(path);
        StoredTensors.Restore(path, "the module", [.. Cells(module)], OfModule(content), strict);
        return content.Metadata;
    }

    internal static IEnumerable<(string Name, Cell Cell)> Cells(Module module) =>
        module.All().Select(parameter => (parameter.StoredName, parameter.Cell));

    internal static SafetensorsEntry[] OfModule(SafetensorsContent content) =>
        [.. content.Entries.Where(entry => !entry.Name.StartsWith(TrainingPrefix, StringComparison.Ordinal))];
}
