namespace Nabla.Serving;

/// <summary>What is wrong with a request, and the place in the program where it is one of a program.</summary>
internal sealed record ErrorAnswer(string Error, int? Line = null, int? Column = null, int? Length = null);
