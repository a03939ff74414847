namespace Nabla;

/// <summary>Which values an operation's backward reads.</summary>
[Flags]
public enum Needs
{
    /// <summary>Shapes alone.</summary>
    None = 0,

    /// <summary>The inputs' values.</summary>
    Inputs = 1,

    /// <summary>The output's values.</summary>
    Output = 2,
}
