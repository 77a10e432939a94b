using System.Net;
using Zoetrope.Json;

namespace Zoetrope.Errors;

/// <summary>What an exception keeps of the response that it is about.</summary>
internal interface IReceivedResponse
{
    /// <summary>The charset that its headers state, or null.</summary>
    string? Charset { get; }

    /// <summary>What arrived of its body, as the JSON of a result: see <see cref="TransportException.Raw"/>.</summary>
    RawJson? ResultOf(ReadOnlyMemory<byte> body);
}
