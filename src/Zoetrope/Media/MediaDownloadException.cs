namespace Zoetrope;

/// <summary>A file that a result points to cannot be downloaded.</summary>
public sealed class MediaDownloadException(string message, Exception? innerException = null) : ZoetropeException(message, innerException);
