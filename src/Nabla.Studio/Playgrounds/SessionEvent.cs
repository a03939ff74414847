namespace Nabla.Playgrounds;

/// <summary>What is told to a page: the event's name and what is written as JSON.</summary>
internal sealed record SessionEvent(string Name, object Content);
