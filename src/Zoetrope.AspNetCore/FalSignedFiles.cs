using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Zoetrope.Errors;
using Zoetrope.Fal;

namespace Zoetrope.AspNetCore;

/// <summary>Gives signed addresses of files to those who may read them.</summary>
internal sealed partial class FalSignedFiles(FalFiles files, FalSignedFileOptions options, ILogger logger)
{
    private const int LongestUrl = 4096;

    /// <summary>Handles a request of a browser.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        if (!TryRead(context.Request.Query["url"], out var url))
        {
            await RefuseAsync(
                context, 400, "The query needs url once: the absolute URL of a file in its usual spelling, without query, fragment, user and escaped slashes.");
            return;
        }
        if (!options.AllowAnonymous && !EndpointCallers.IsAuthorized(context))
        {
            await RefuseAsync(context, 401, "The caller is not authorized.");
            return;
        }
        if (!await options.MaySignAsync!(new(context, url)))
        {
            await RefuseAsync(context, 403, "The caller may not have this file.");
            return;
        }
        FalSignedFile signed;
        try
        {
            signed = await files.SignAsync(url, options.Lifetime, context.RequestAborted);
        }
        catch (ArgumentException exception)
        {
            // What is left to refuse, such as http where fal's own hosts are used.
            await RefuseAsync(context, 400, exception.Message);
            return;
        }
        catch (Exception exception) when (exception is ServiceException or TransportException)
        {
            await FailAsync(context, url, exception);
            return;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        await RespondAsync(context, signed);
    }

    // The app compares texts, so a URL has one spelling only: no dots, no default port, no case, no escapes that another reader might undo.
    private static bool TryRead(Microsoft.Extensions.Primitives.StringValues values, out string url)
    {
        url = values is [{ } only] ? only : "";
        return url.Length is > 0 and <= LongestUrl
            && Uri.TryCreate(url, UriKind.Absolute, out var address)
            && address.Scheme is "https" or "http"
            && string.Equals(address.AbsoluteUri, url, StringComparison.Ordinal)
            && address.UserInfo.Length == 0
            && !url.AsSpan().ContainsAny('?', '#')
            && !url.Contains("%2F", StringComparison.OrdinalIgnoreCase)
            && !url.Contains("%5C", StringComparison.OrdinalIgnoreCase)
            && !url.Contains("%2E", StringComparison.OrdinalIgnoreCase)
            && !url.Contains("%25", StringComparison.Ordinal);
    }

    private async Task RespondAsync(HttpContext context, FalSignedFile signed)
    {
        // The address is as good as the file.
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        if (options.Redirect)
        {
            context.Response.StatusCode = StatusCodes.Status302Found;
            context.Response.Headers.Location = new Uri(signed.Url).AbsoluteUri;
            return;
        }
        context.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteString("url"u8, signed.Url);
        writer.WriteString("expiresAt"u8, signed.ExpiresAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        writer.WriteEndObject();
    }

    private async Task RefuseAsync(HttpContext context, int statusCode, string reason)
    {
        LogRefused(statusCode, reason);
        await WriteErrorAsync(context, statusCode, $"{reason} Nothing was sent to fal.");
    }

    // What fal says may be about the app's account, which is not the browser's.
    private async Task FailAsync(HttpContext context, string url, Exception exception)
    {
        var (statusCode, text) = (exception as ServiceException)?.StatusCode switch
        {
            HttpStatusCode.NotFound => (404, "There is no such file."),
            HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => (503, "fal is busy; try again later."),
            _ => (502, "fal did not sign the file."),
        };
        LogFailed(exception, url, statusCode);
        await WriteErrorAsync(context, statusCode, text);
    }

    private static Task WriteErrorAsync(HttpContext context, int statusCode, string text) => ErrorResponse.WriteAsync(context, statusCode, text, "message");

    [LoggerMessage(1, LogLevel.Warning, "A request for a signed address was refused with {StatusCode}: {Reason}")]
    private partial void LogRefused(int statusCode, string reason);

    [LoggerMessage(2, LogLevel.Warning, "The file {Url} was not signed, and the caller got {StatusCode}.")]
    private partial void LogFailed(Exception exception, string url, int statusCode);
}
