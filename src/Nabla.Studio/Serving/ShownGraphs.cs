using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Nabla.Serving;

/// <summary>The graphs that the program around this server has shown.</summary>
internal sealed class ShownGraphs
{
    // A program that shows a graph each step must not fill the memory: the oldest go.
    private const int Most = 100;

    private readonly ConcurrentDictionary<string, GraphView> graphs = new();
    private readonly ConcurrentQueue<string> order = new();

    public string Add(GraphView view)
    {
        string id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        graphs[id] = view;
        order.Enqueue(id);
        while (order.Count > Most && order.TryDequeue(out string? oldest)) graphs.TryRemove(oldest, out _);
        return id;
    }

    public GraphView? Find(string id) => graphs.GetValueOrDefault(id);
}
