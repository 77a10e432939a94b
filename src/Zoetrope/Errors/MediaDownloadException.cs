using System.Net;

namespace Zoetrope.Errors;

/// <summary>A file that a result points to cannot be downloaded. What was written to the destination is not the whole file.</summary>
public sealed class MediaDownloadException(string message, HttpStatusCode? statusCode = null, Exception? innerException = null) : ZoetropeException(message, innerException)
{
    /// <summary>What the file's server answered; null where it did not.</summary>
    public HttpStatusCode? StatusCode { get; } = statusCode;
}
