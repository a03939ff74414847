using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;

namespace Nabla.Serving;

/// <summary>Requests and answers as JSON.</summary>
internal static class Answers
{
    public static JsonSerializerOptions Json { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        MaxDepth = 16,
        RespectNullableAnnotations = true,
    };

    /// <summary>The body of a request; null after having refused one that is no such JSON.</summary>
    public static async Task<T?> ReadAsync<T>(HttpContext context)
        where T : class
    {
        if (!context.Request.HasJsonContentType())
        {
            // A form of another page can be sent without asking; JSON cannot.
            await RefuseAsync(context, StatusCodes.Status415UnsupportedMediaType, "a request needs the content type application/json").ConfigureAwait(false);
            return null;
        }
        try
        {
            T? body = await JsonSerializer.DeserializeAsync<T>(context.Request.Body, Json, context.RequestAborted).ConfigureAwait(false);
            if (body is not null) return body;
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "the request is empty").ConfigureAwait(false);
        }
        catch (JsonException exception)
        {
            string place = exception.Path is { Length: > 1 } path ? $" at {path}" : "";
            await RefuseAsync(context, StatusCodes.Status400BadRequest, $"the request is not the JSON that is wanted here{place}").ConfigureAwait(false);
        }
        return null;
    }

    public static Task WriteAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(json, context.RequestAborted);
    }

    public static Task WriteAsync<T>(HttpContext context, T answer) => WriteAsync(context, JsonSerializer.Serialize(answer, Json));

    public static Task RefuseAsync(HttpContext context, int status, string error) => RefuseAsync(context, status, new ErrorAnswer(error));

    public static Task RefuseAsync(HttpContext context, int status, ErrorAnswer error)
    {
        if (context.Response.HasStarted) return Task.CompletedTask;
        context.Response.StatusCode = status;
        return WriteAsync(context, error);
    }

    /// <summary><c>en</c> or <c>ko</c>; English for anything else.</summary>
    public static Language LanguageOf(string? name) => name == "ko" ? Language.Korean : Language.English;

    /// <summary>Begins a stream of server-sent events.</summary>
    public static void BeginEvents(HttpContext context) => context.Response.ContentType = "text/event-stream";

    public static async Task SendEventAsync(HttpContext context, string name, string json, CancellationToken cancellation)
    {
        await context.Response.WriteAsync($"event: {name}\ndata: {json}\n\n", cancellation).ConfigureAwait(false);
        await context.Response.Body.FlushAsync(cancellation).ConfigureAwait(false);
    }
}
