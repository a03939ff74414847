using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Nabla.Serving;

/// <summary>The page's files, which lie in this assembly.</summary>
internal static class Page
{
    private const string Prefix = "web/";

    private const string Missing = """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Nabla Studio</title></head><body>
        <h1>Nabla Studio</h1>
        <p>The page was not built into this program. Install Node.js 20 or newer, then build again: <code>dotnet build -c Release</code></p>
        <p lang="ko">이 프로그램에는 페이지가 들어 있지 않습니다. Node.js 20 이상을 설치한 뒤 다시 빌드하세요: <code>dotnet build -c Release</code></p>
        </body></html>
        """;

    private static readonly Assembly Home = typeof(Page).Assembly;
    private static readonly HashSet<string> Files = [.. Home.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))];

    public static bool IsBuilt => Files.Contains(Prefix + "index.html");

    public static void MapPage(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (RequestDelegate)(context => SendAsync(context, "index.html")));
        routes.MapGet("/{**path}", (RequestDelegate)(context => SendAsync(context, (string?)context.Request.RouteValues["path"] ?? "index.html")));
        routes.MapFallback((RequestDelegate)(context => Answers.RefuseAsync(context, StatusCodes.Status404NotFound, "there is nothing at this address")));
    }

    private static async Task SendAsync(HttpContext context, string path)
    {
        if (path == "index.html" && !IsBuilt)
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync(Missing, context.RequestAborted).ConfigureAwait(false);
            return;
        }
        if (!Files.Contains(Prefix + path))
        {
            await Answers.RefuseAsync(context, StatusCodes.Status404NotFound, "there is nothing at this address").ConfigureAwait(false);
            return;
        }
        using Stream file = Home.GetManifestResourceStream(Prefix + path)!;
        context.Response.ContentType = TypeOf(path);
        context.Response.ContentLength = file.Length;
        // Files under assets/ have a name made of their content.
        if (path.StartsWith("assets/", StringComparison.Ordinal)) context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        await file.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
    }

    private static string TypeOf(string path) => Path.GetExtension(path) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".ico" => "image/x-icon",
        ".json" => "application/json",
        ".woff2" => "font/woff2",
        _ => "application/octet-stream",
    };
}
