using System.Net;
using Zoetrope.Formats;
using Zoetrope.Json;

namespace Zoetrope.Errors;

/// <summary>The parts of a received response that an exception keeps.</summary>
internal interface IReceivedResponse
{
    /// <summary>The HTTP status.</summary>
    HttpStatusCode StatusCode { get; }

    /// <summary>The charset that the response's headers declare, or null.</summary>
    string? Charset { get; }

    /// <summary>A header's value without the key; null where the header is missing.</summary>
    string? Header(string name);

    /// <summary>All values of a header without the key; none where the header is missing.</summary>
    IEnumerable<string> HeaderValues(string name);

    /// <summary>The address of the request, which may have secrets in its query; null where it is not known.</summary>
    Uri? Address { get; }

    /// <summary>What was received of the body, as the JSON of a result: see <see cref="TransportException.Raw"/>.</summary>
    RawJson? ResultOf(ReadOnlyMemory<byte> body);

    /// <summary>What was received of the body, where it is not JSON: see <see cref="TransportException.Content"/>.</summary>
    ResultContent? ContentOf(ReadOnlyMemory<byte> body);
}
