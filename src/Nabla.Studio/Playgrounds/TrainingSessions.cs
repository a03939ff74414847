using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Nabla.Playgrounds;

/// <summary>The trainings of a server: few at once, each gone a minute after the last who watched it.</summary>
internal sealed class TrainingSessions : IDisposable
{
    public const int Most = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, TrainingSession> sessions = new();
    private readonly Timer cleaner;

    public TrainingSessions() => cleaner = new(_ => Clean(Patience), null, Patience / 4, Patience / 4);

    public int Count => sessions.Count;

    /// <summary>A new training, or null where there are too many that somebody watches.</summary>
    public TrainingSession? Start(PlaygroundSettings settings, Language language)
    {
        lock (cleaner)
        {
            // A reloaded page leaves its training behind; one that nobody watches makes room.
            if (sessions.Count >= Most && sessions.Values.MaxBy(session => session.Idle) is { } oldest && oldest.Idle > TimeSpan.Zero) End(oldest.Id);
            if (sessions.Count >= Most) return null;
            TrainingSession session = new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), settings, language);
            sessions[session.Id] = session;
            return session;
        }
    }

    public TrainingSession? Find(string id) => sessions.GetValueOrDefault(id);

    public void End(string id)
    {
        if (sessions.TryRemove(id, out TrainingSession? session)) session.Dispose();
    }

    public void Dispose()
    {
        cleaner.Dispose();
        foreach (string id in sessions.Keys) End(id);
    }

    private void Clean(TimeSpan patience)
    {
        foreach (TrainingSession session in sessions.Values)
            if (session.Idle > patience) End(session.Id);
    }
}
