using Zoetrope.Text;

namespace Zoetrope.Errors;

/// <summary>The base class of all exceptions of this SDK about requests, services and jobs.</summary>
public class ZoetropeException : Exception
{
    private DeprecationNotice? _deprecation;
    private bool _hasReadDeprecation;

    /// <summary>
    /// Initializes a new instance of the <see cref="ZoetropeException"/> class. The message is one line: line breaks, control characters and marks that
    /// change the direction of text become spaces.
    /// </summary>
    public ZoetropeException(string message, Exception? innerException = null)
        : base(MessageText.OneLine(message), innerException)
    {
    }

    /// <summary>
    /// Returns the value of a header of the response that this exception is about, or else of the one that its inner exceptions are about; null where there is
    /// none. For example, fal states in <c>X-Fal-Served-From</c> where a request was served.
    /// </summary>
    /// <param name="name">The name of the header.</param>
    public string? Header(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        for (Exception? exception = this; exception is not null; exception = exception.InnerException)
        {
            if ((exception as ZoetropeException)?.Response is { } response)
                return response.Header(name);
        }
        return null;
    }

    /// <summary>
    /// What the response that this exception is about says of the end of its endpoint: headers of deprecation, and the replacement that a 410 response names.
    /// Null where it says nothing.
    /// </summary>
    public DeprecationNotice? Deprecation
    {
        get
        {
            if (!_hasReadDeprecation)
            {
                _deprecation = ReadDeprecation();
                _hasReadDeprecation = true;
            }
            return _deprecation;
        }
    }

    /// <summary>The response that this exception is about; null where none was received.</summary>
    internal IReceivedResponse? Response { get; set; }

    /// <summary>How a router chose the provider, and what it ruled out before; null if no router was involved.</summary>
    public RouteReport? Route { get; internal set; }

    private DeprecationNotice? ReadDeprecation()
    {
        for (Exception? exception = this; exception is not null; exception = exception.InnerException)
        {
            if (exception is ServiceException { Response: { } response } service)
                return DeprecationHeaders.Read(service, response);
        }
        return null;
    }
}
