using System.Collections;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>Modules one after the other: the output of each goes into the next.</summary>
/// <example><code>Sequential model = [new Flatten(), new Linear(784, 128, key.At(0)), Activation.Relu, new Linear(128, 10,
/// key.At(1))];</code></example>
[CollectionBuilder(typeof(Sequential), nameof(Create))]
public sealed class Sequential : Module, IReadOnlyList<Module>
{
    private readonly Module[] modules;

    /// <summary>The modules, first to last. None at all pass on what they get.</summary>
    public Sequential(params ReadOnlySpan<Module> modules)
    {
        foreach (Module module in modules) ArgumentNullException.ThrowIfNull(module);
        this.modules = modules.ToArray();
    }

    /// <summary>What <c>Sequential model = [first, second];</c> calls.</summary>
    public static Sequential Create(ReadOnlySpan<Module> modules) => new(modules);

    /// <inheritdoc/>
    public int Count => modules.Length;

    /// <inheritdoc/>
    public Module this[int index] => modules[index];

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x, Pass pass)
    {
        foreach (Module module in modules) x = module.Apply(x, pass);
        return x;
    }

    /// <inheritdoc/>
    public IEnumerator<Module> GetEnumerator() => ((IEnumerable<Module>)modules).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
