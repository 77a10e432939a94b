using System.Net;
using Zoetrope.Json;
using Zoetrope.Text;

namespace Zoetrope.Errors;

/// <summary>There was no usable answer: no connection, a broken one, none in time, or one that is not what it says.</summary>
public sealed class TransportException : ZoetropeException
{
    /// <summary>Makes the exception.</summary>
    public TransportException(string message, TransportFailure failure, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    /// <summary>What went wrong.</summary>
    public TransportFailure Failure { get; }

    /// <summary>The HTTP status that came; null when none did.</summary>
    public HttpStatusCode? StatusCode { get; internal set; }

    /// <summary>The service's id of the exchange, for its support; null when none came.</summary>
    public string? RequestId { get; internal set; }

    /// <summary>
    /// Where a redirect leads (<see cref="TransportFailure.Redirected"/>), as an absolute URL; null where it does not say. It may hold secrets, such as a
    /// signature.
    /// </summary>
    public Uri? Location { get; internal init; }

    /// <summary>
    /// What came of the response's body, as far as it came: without its compression and without the key, and otherwise as it was. Empty when nothing came. A
    /// result that was paid for and is not of the form that is needed is here.
    /// </summary>
    public ReadOnlyMemory<byte> Body { get; internal set; }

    /// <summary>
    /// <see cref="Body"/> as JSON: where it is none, a text is a string, and a file is a string with its <c>data:</c> URI. Null where nothing came, where it is
    /// a page, and where it broke off.
    /// </summary>
    public RawJson? Raw => Response?.ResultOf(Body);

    /// <summary>The response; null when none came.</summary>
    internal IReceivedResponse? Response { get; set; }

    /// <summary>What came, in whatever form: a page or broken JSON as a string, nothing as null.</summary>
    internal RawJson RawOrText() => Raw ?? (Body.IsEmpty ? RawJson.Null : Charsets.Read(Body.Span, Response?.Charset));
}
