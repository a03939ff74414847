namespace Nabla;

/// <summary>A language that explanations, pages and messages for learners are written in.</summary>
public enum Language : byte
{
    /// <summary>English.</summary>
    English,

    /// <summary>Korean, 한국어.</summary>
    Korean,
}
