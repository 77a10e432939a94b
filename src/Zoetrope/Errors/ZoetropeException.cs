using System.Net;
using Zoetrope.Text;

namespace Zoetrope.Errors;

/// <summary>The base of everything that this SDK throws about requests, services and jobs.</summary>
public class ZoetropeException : Exception
{
    /// <summary>
    /// Makes the exception. Its message is one line: what cannot be seen, such as line breaks and marks that turn text around, becomes spaces.
    /// </summary>
    public ZoetropeException(string message, Exception? innerException = null)
        : base(MessageText.OneLine(message), innerException)
    {
    }
}
