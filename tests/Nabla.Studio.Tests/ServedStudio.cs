using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Nabla.Studio.Tests;

/// <summary>A studio on a free port, and a client for it.</summary>
public sealed class ServedStudio : IAsyncLifetime
{
    private StudioServer? server;

    public Uri Address => server!.Address;

    public HttpClient Client { get; } = new();

    internal StudioServer Server => server!;

    public async Task InitializeAsync()
    {
        server = await StudioServer.StartAsync(new());
        Client.BaseAddress = server.Address;
        Client.Timeout = TimeSpan.FromSeconds(60);
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await server!.DisposeAsync();
    }

    public Task<HttpResponseMessage> PostAsync(string path, object body) => Client.PostAsJsonAsync(path, body);

    public async Task<JsonElement> AskAsync(string path, object body)
    {
        using HttpResponseMessage answer = await PostAsync(path, body);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    public async Task<(int Status, JsonElement Body)> SendTextAsync(string path, string body, HttpMethod? method = null)
    {
        using HttpRequestMessage request = new(method ?? HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        using HttpResponseMessage answer = await Client.SendAsync(request);
        string text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, JsonDocument.Parse(text.Length == 0 ? "null" : text).RootElement);
    }
}
