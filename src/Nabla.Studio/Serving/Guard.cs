using System.Net;
using Microsoft.AspNetCore.Http;

namespace Nabla.Serving;

/// <summary>What every request passes: only this page's own requests get through, and every answer forbids what the page does not need.</summary>
/// <param name="address">What the server listens on.</param>
internal sealed class Guard(IPAddress address)
{
    public const int MostBytes = 64 * 1024;

    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
        + "worker-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";

        HttpRequest request = context.Request;
        if (!IsOurs(request.Host))
        {
            // A name of somebody else's that leads here: a page elsewhere tries to read this one.
            await Answers.RefuseAsync(context, StatusCodes.Status403Forbidden, "this server answers to its own address only").ConfigureAwait(false);
            return;
        }
        string? origin = request.Headers.Origin;
        if (!string.IsNullOrEmpty(origin) && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase))
        {
            await Answers.RefuseAsync(context, StatusCodes.Status403Forbidden, "this server answers its own page only").ConfigureAwait(false);
            return;
        }
        if (request.ContentLength > MostBytes)
        {
            await Answers.RefuseAsync(context, StatusCodes.Status413PayloadTooLarge, $"a request needs at most {MostBytes:N0} bytes").ConfigureAwait(false);
            return;
        }
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (BadHttpRequestException exception)
        {
            await Answers.RefuseAsync(context, exception.StatusCode, exception.Message).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The page went away.
        }
    }

    private bool IsOurs(HostString host)
    {
        // Told to listen for others, the server cannot know by which names they call it.
        if (!IPAddress.IsLoopback(address)) return true;
        string name = host.Host.Trim('[', ']');
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(name, out IPAddress? called) && IPAddress.IsLoopback(called));
    }
}
