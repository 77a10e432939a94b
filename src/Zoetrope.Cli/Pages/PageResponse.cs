using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Zoetrope.Cli.Pages;

/// <summary>Responses of a page.</summary>
internal static class PageResponse
{
    /// <summary>Makes JSON.</summary>
    public static byte[] Make(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            write(writer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Names the response by its tag; where the request says that it has it, that is the whole response.</summary>
    public static bool IsKnown(HttpContext context, string tag)
    {
        context.Response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch != tag)
            return false;
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }

    /// <summary>Responds with a message.</summary>
    public static Task WriteTextAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        // A person who opens a page reads it; its scripts take it from the JSON.
        return context.Request.Path == "/"
            ? WriteAsync(context, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(message + "\n"))
            : WriteJsonAsync(context, Make(writer => WriteError(writer, message)));
    }

    /// <summary>Responds that there is nothing at the path.</summary>
    public static Task NotFoundAsync(HttpContext context) => WriteTextAsync(context, StatusCodes.Status404NotFound, "There is nothing here.");

    /// <summary>Responds with JSON.</summary>
    public static Task WriteJsonAsync(HttpContext context, byte[] json) => WriteAsync(context, "application/json; charset=utf-8", json);

    /// <summary>Responds with a file of the page.</summary>
    public static Task WriteAsync(HttpContext context, PageAsset asset) => WriteAsync(context, asset.ContentType, asset.Content);

    /// <summary>Responds with a file of this machine, as a whole or in parts.</summary>
    /// <param name="context">The request.</param>
    /// <param name="file">The file.</param>
    /// <param name="type">The media type.</param>
    /// <param name="saveAs">The name that it is saved under; null where it is shown.</param>
    public static async Task WriteFileAsync(HttpContext context, FileInfo file, string type, string? saveAs)
    {
        try
        {
            PageHeaders.ApplyToFile(context.Response);
            FileParts.Limit(context.Request);
            await TypedResults.PhysicalFile(file.FullName, type, saveAs, file.LastWriteTimeUtc, enableRangeProcessing: true).ExecuteAsync(context);
        }
        catch (Exception exception) when ((exception is IOException or UnauthorizedAccessException) && !context.Response.HasStarted)
        {
            context.Response.Clear();
            PageHeaders.Apply(context.Response);
            await WriteTextAsync(context, StatusCodes.Status404NotFound, "The file cannot be read.");
        }
    }

    private static void WriteError(Utf8JsonWriter writer, string message)
    {
        writer.WriteStartObject();
        writer.WriteString("error", message);
        writer.WriteEndObject();
    }

    private static async Task WriteAsync(HttpContext context, string type, byte[] content)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(content, context.RequestAborted);
    }
}
