using Zoetrope.Http;
using Zoetrope.Text;

namespace Zoetrope.Operations;

/// <summary>Reads responses that are text.</summary>
internal static class TextResponse
{
    /// <summary>Returns the text; an unknown or missing charset counts as UTF-8.</summary>
    public static string Read(TransportResponse response) => Read(response.Body, response.Charset);

    /// <summary>Returns the text of a response that nobody uses any more.</summary>
    public static string ReadAndRelease(TransportResponse response)
    {
        var text = Read(response);
        response.Release();
        return text;
    }

    /// <summary>Returns the text of a body.</summary>
    public static string Read(ReadOnlyMemory<byte> body, string? charset) => Charsets.Read(body.Span, charset);
}
