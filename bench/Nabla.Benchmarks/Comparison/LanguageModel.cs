namespace Nabla.Benchmarks.Comparison;

/// <summary>Characters to the logits of the next ones: embeddings with learned positions, pre-norm transformer blocks, a linear layer.</summary>
internal sealed class LanguageModel : Module
{
    private readonly int characters;

    public LanguageModel(int blocks, int width, int heads, int steps, int characters, RandomKey key)
    {
        this.characters = characters;
        Tokens = new(characters, width, key.At(0));
        Positions = new(key.At(1).Normal([steps, width], deviation: 0.02).Detach());
        Blocks = [.. Enumerable.Range(0, blocks).Select(i => new TransformerBlock(width, heads, key.At(2 + i), isCausal: true))];
        Norm = new(width);
        Output = new(width, characters, key.At(2 + blocks));
    }

    public Embedding Tokens { get; }

    public Parameter Positions { get; }

    public IReadOnlyList<Module> Blocks { get; }

    public LayerNorm Norm { get; }

    public Linear Output { get; }

    protected override Tensor Forward(Tensor x, Pass pass)
    {
        Tensor h = Tokens.Apply(x, pass) + Positions.Value;                                   // [batch, steps, width]
        foreach (Module block in Blocks) h = block.Apply(h, pass);
        return Output.Apply(Norm.Apply(h, pass), pass).Reshape([-1, characters]);             // [batch · steps, characters]
    }
}
