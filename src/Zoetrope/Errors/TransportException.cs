using System.Net;
using Zoetrope.Formats;
using Zoetrope.Json;
using Zoetrope.Text;

namespace Zoetrope.Errors;

/// <summary>There was no usable response: no connection, a broken connection, no response in time, or a malformed response.</summary>
public sealed class TransportException : ZoetropeException
{
    /// <summary>Initializes a new instance of the <see cref="TransportException"/> class.</summary>
    public TransportException(string message, TransportFailure failure, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    /// <summary>The kind of failure.</summary>
    public TransportFailure Failure { get; }

    /// <summary>The HTTP status that was received; null when there was none.</summary>
    public HttpStatusCode? StatusCode { get; internal set; }

    /// <summary>The service's id of the exchange, for its support; null when none was received.</summary>
    public string? RequestId { get; internal set; }

    /// <summary>
    /// The target of a redirect (<see cref="TransportFailure.Redirected"/>), as an absolute URL; null where the response does not name one. It may contain
    /// secrets, such as a signature.
    /// </summary>
    public Uri? Location { get; internal init; }

    /// <summary>
    /// What was received of the response's body: decompressed and without the key, and otherwise unchanged. It is empty when nothing was received. A result
    /// that was paid for but does not have the expected type is here.
    /// </summary>
    public ReadOnlyMemory<byte> Body { get; internal set; }

    /// <summary>
    /// <see cref="Body"/> as JSON: a text or a page that is not JSON is a string, a file is a string with its <c>data:</c> URI, and an empty result (204) is
    /// null. Null where nothing was received, where the body is a gateway's page, and where it is incomplete.
    /// </summary>
    public RawJson? Raw => Response?.ResultOf(Body);

    /// <summary><see cref="Body"/> with its media type and charset; null where it is JSON, and where no response was received.</summary>
    public ResultContent? Content => Response?.ContentOf(Body);

    /// <summary>What was received, in any form: an HTML page or malformed JSON is a string; null when nothing was received.</summary>
    internal RawJson RawOrText() => Raw ?? (Body.IsEmpty ? RawJson.Null : Charsets.Read(Body.Span, Response?.Charset));
}
