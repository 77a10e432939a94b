using System.Net;

namespace Zoetrope.Errors;

/// <summary>A file that a result refers to could not be downloaded. What was written to the destination is not the whole file.</summary>
public sealed class MediaDownloadException(string message, HttpStatusCode? statusCode = null, Exception? innerException = null)
    : ZoetropeException(message, innerException)
{
    /// <summary>The HTTP status of the file server's response; null where there was none.</summary>
    public HttpStatusCode? StatusCode { get; } = statusCode;
}
