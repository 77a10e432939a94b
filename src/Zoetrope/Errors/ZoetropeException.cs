using Zoetrope.Text;

namespace Zoetrope.Errors;

/// <summary>The base class of all exceptions of this SDK about requests, services and jobs.</summary>
public class ZoetropeException : Exception
{
    /// <summary>
    /// Initializes a new instance of the <see cref="ZoetropeException"/> class. The message is one line: line breaks, control characters and marks that
    /// change the direction of text become spaces.
    /// </summary>
    public ZoetropeException(string message, Exception? innerException = null)
        : base(MessageText.OneLine(message), innerException)
    {
    }

    /// <summary>How a router chose the provider, and what it ruled out before; null if no router was involved.</summary>
    public RouteReport? Route { get; internal set; }
}
