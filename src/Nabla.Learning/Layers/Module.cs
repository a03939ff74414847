using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Nabla;

/// <summary>A part of a network: a function of a tensor, with parameters.</summary>
/// <remarks>
/// Parameters and parts are found by themselves: every public property that holds a <see cref="Parameter"/>, a <see cref="Module"/> or a list of
/// modules
/// counts, base classes first, in the order in which they are declared.
/// </remarks>
/// <example><code>
/// public sealed class Classifier(RandomKey key) : Module
/// {
///     public Linear Hidden { get; } = new(784, 256, key.At(0));
///     public Linear Output { get; } = new(256, 10, key.At(1));
///
///     protected override Tensor Forward(Tensor x, Pass pass) => Output.Apply(Hidden.Apply(x).Relu());
/// }
/// </code></example>
[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)]
public abstract class Module
{
    private Func<string>? groupName;

    /// <summary>The output in an evaluation: nothing is random, no state changes.</summary>
    /// <param name="x">What goes in.</param>
    public Tensor Apply(Tensor x) => Apply(x, Pass.Evaluation);

    /// <summary>The output.</summary>
    /// <param name="x">What goes in.</param>
    /// <param name="pass">Training or evaluation.</param>
    /// <remarks>What is applied within stands in the computational graph as one box, called by the module's <see cref="Summary"/>.</remarks>
    public Tensor Apply(Tensor x, Pass pass)
    {
        using (Graph.Group(groupName ??= () => Summary)) return Forward(x, pass);
    }

    /// <summary>What the module does; <see cref="Apply(Tensor, Pass)"/> calls it.</summary>
    /// <param name="x">What goes in.</param>
    /// <param name="pass">Training or evaluation; hand it on to the parts.</param>
    protected abstract Tensor Forward(Tensor x, Pass pass);

    /// <summary>What training changes, from this module down, each once, named by its path from here.</summary>
    public IReadOnlyList<Parameter> Parameters => [.. All().Where(parameter => parameter.IsTrained)];

    /// <summary>What is kept with the parameters but has no gradient, such as running statistics.</summary>
    public IReadOnlyList<Parameter> States => [.. All().Where(parameter => !parameter.IsTrained)];

    /// <summary>The parts of this module, with the names they have here.</summary>
    public IReadOnlyList<(string Name, Module Module)> Children => [.. ModuleMembers.Of(this).Modules.Select(child => (child.Name, child.Module))];

    /// <summary>How many numbers training changes.</summary>
    public long ParameterCount => Parameters.Sum(parameter => (long)parameter.Shape.Count);

    /// <summary>What the module is, in a few words: <c>Linear 784 → 256</c>.</summary>
    public virtual string Summary => GetType().Name;

    /// <summary>Parameters and states in order: what a file holds.</summary>
    internal List<Parameter> All()
    {
        List<Parameter> found = [];
        Collect(this, path: "", stored: "", found, seenCells: [], seenModules: []);
        return found;
    }

    /// <summary>A line a part, with the shape of its parameters and how many numbers they are.</summary>
    public sealed override string ToString()
    {
        List<(string Part, string Parameters, string Count)> rows = [];
        AddRows(this, name: "", depth: 0, rows, seen: []);
        rows.Add(("total", "", $"{ParameterCount:N0}"));
        int parts = rows.Max(row => row.Part.Length), shapes = rows.Max(row => row.Parameters.Length), counts = rows.Max(row => row.Count.Length);
        StringBuilder text = new();
        foreach ((string part, string parameters, string count) in rows)
            text.Append($"{part.PadRight(parts)}  {parameters.PadRight(shapes)}  {count.PadLeft(counts)}".TrimEnd()).Append('\n');
        return text.ToString().TrimEnd('\n');
    }

    private static void Collect(
        Module module, string path, string stored, List<Parameter> found, HashSet<Cell> seenCells, HashSet<Module> seenModules)
    {
        // A module that stands in two places shares its parameters: they count once, under the first path.
        if (!seenModules.Add(module)) return;
        ModuleMembers members = ModuleMembers.Of(module);
        foreach ((string name, string storedName, Parameter parameter) in members.Parameters)
            if (seenCells.Add(parameter.Cell)) found.Add(parameter.At(path + name, stored + storedName));
        foreach ((string name, string storedName, Module child) in members.Modules)
            Collect(child, $"{path}{name}.", $"{stored}{storedName}.", found, seenCells, seenModules);
    }

    private static void AddRows(
        Module module, string name, int depth, List<(string Part, string Parameters, string Count)> rows, HashSet<Module> seen)
    {
        ModuleMembers members = ModuleMembers.Of(module);
        bool isNew = seen.Add(module);
        string indent = new(' ', 2 * depth), label = name.Length == 0 ? module.Summary : $"{name}: {module.Summary}";
        string shapes = string.Join(", ", members.Parameters.Select(member => $"{member.Name} {member.Parameter.Shape}"));
        long count = members.Parameters.Where(member => member.Parameter.IsTrained).Sum(member => (long)member.Parameter.Shape.Count);
        rows.Add((indent + label + (isNew ? "" : " (shared)"), isNew ? shapes : "", isNew && count > 0 ? $"{count:N0}" : ""));
        if (!isNew) return;
        foreach ((string childName, _, Module child) in members.Modules) AddRows(child, childName, depth + 1, rows, seen);
    }
}
