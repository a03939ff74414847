namespace Nabla.Expressions;

/// <summary>What a token is.</summary>
internal enum TokenKind : byte
{
    Number,
    Name,

    /// <summary>An operator or bracket; its text is the one way it is written in the grammar, whatever the source had.</summary>
    Sign,

    /// <summary>The end of a statement: a line break or a semicolon.</summary>
    Separator,
    End,
}

/// <summary>A token, with its place in the source.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The text that the grammar goes by.</param>
/// <param name="Start">Where it begins in the source.</param>
/// <param name="Length">How long it is there.</param>
/// <param name="Number">A number's value.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Start, int Length, double Number = 0)
{
    public bool Is(string sign) => Kind == TokenKind.Sign && Text == sign;
}
