namespace Nabla;

/// <summary>A function of each element, as a module: what lets a network bend.</summary>
/// <remarks>Each is an operation of its own (<c>x.Relu()</c>); its formula, kinks and source stand there.</remarks>
public sealed class Activation : Module
{
    private static readonly Dictionary<string, Func<Activation>> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["relu"] = () => Relu,
        ["leakyrelu"] = () => LeakyRelu(),
        ["sigmoid"] = () => Sigmoid,
        ["tanh"] = () => Tanh,
        ["gelu"] = () => Gelu,
        ["gelutanh"] = () => GeluTanh,
        ["silu"] = () => Silu,
        ["elu"] = () => Elu(),
        ["softplus"] = () => Softplus,
        ["identity"] = () => Identity,
    };

    private readonly Func<Tensor, Tensor> function;

    /// <summary>A function of your own; any function of a tensor will do.</summary>
    /// <param name="name">What summaries call it.</param>
    /// <param name="function">From the input to the output.</param>
    public Activation(string name, Func<Tensor, Tensor> function)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(function);
        Name = name;
        this.function = function;
    }

    /// <summary>max(x, 0).</summary>
    public static Activation Relu => new("Relu", x => x.Relu());

    /// <summary>1 / (1 + e^−x).</summary>
    public static Activation Sigmoid => new("Sigmoid", x => x.Sigmoid());

    /// <summary>tanh x.</summary>
    public static Activation Tanh => new("Tanh", x => x.Tanh());

    /// <summary>x Φ(x), with the exact normal distribution function.</summary>
    public static Activation Gelu => new("Gelu", x => x.Gelu());

    /// <summary>GELU by tanh.</summary>
    public static Activation GeluTanh => new("GeluTanh", x => x.GeluTanh());

    /// <summary>x σ(x).</summary>
    public static Activation Silu => new("Silu", x => x.Silu());

    /// <summary>ln(1 + e^x).</summary>
    public static Activation Softplus => new("Softplus", x => x.Softplus());

    /// <summary>x.</summary>
    public static Activation Identity => new("Identity", x => x);

    /// <summary>What summaries and configurations call it.</summary>
    public string Name { get; }

    /// <summary>The names that <see cref="Named"/> knows.</summary>
    public static IReadOnlyCollection<string> Names => ByName.Keys;

    /// <inheritdoc/>
    public override string Summary => Name;

    /// <summary>x where x &gt; 0, else slope · x.</summary>
    public static Activation LeakyRelu(double slope = 0.01) => new("LeakyRelu", x => x.LeakyRelu(slope));

    /// <summary>x where x &gt; 0, else scale · (e^x − 1).</summary>
    public static Activation Elu(double scale = 1) => new("Elu", x => x.Elu(scale));

    /// <summary>The activation of a name, as a configuration gives it: <c>relu</c>, <c>leaky-relu</c>, <c>GELU</c>. Case, hyphens and underscores do
    /// not count.</summary>
    /// <exception cref="ArgumentException">There is none of that name; the message lists them.</exception>
    public static Activation Named(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return ByName.TryGetValue(name.Replace("-", "").Replace("_", ""), out Func<Activation>? make)
            ? make()
            : throw new ArgumentException($"there is no activation '{name}'; choose one of {string.Join(", ", ByName.Keys)}", nameof(name));
    }

    /// <inheritdoc/>
    protected override Tensor Forward(Tensor x, Pass pass) => function(x);
}
