namespace Nabla.Expressions;

/// <summary>What a step of a program does.</summary>
internal enum StepKind : byte
{
    Number,
    Array,
    Variable,
    Negate,
    Infix,
    Function,
}

/// <summary>
/// A step of a program: its operands are earlier steps. A program is a list of these and no tree, so that nothing ever recurses into it.
/// </summary>
internal sealed record Step(StepKind Kind, int Start, int Length)
{
    /// <summary>Which steps it reads.</summary>
    public int[] Operands { get; init; } = [];

    /// <summary>A number's value.</summary>
    public double Number { get; init; }

    /// <summary>An array's elements and extents.</summary>
    public (double[] Elements, int[] Extents) Array { get; init; }

    /// <summary>A variable's name, or what an operator or function is called in messages.</summary>
    public string Name { get; init; } = "";

    /// <summary>The operator.</summary>
    public Infix? Infix { get; init; }

    /// <summary>The function.</summary>
    public Function? Function { get; init; }

    /// <summary>Whether it stands for a value that is written out.</summary>
    public bool IsLiteral => Kind is StepKind.Number or StepKind.Array;
}

/// <summary>A statement: a step that gives its value, and the name it is given, if any.</summary>
/// <param name="Name">Null where the expression stands alone.</param>
/// <param name="Value">The step.</param>
/// <param name="Start">Where it begins in the source.</param>
/// <param name="Length">How long it is there.</param>
internal sealed record Statement(string? Name, int Value, int Start, int Length);
