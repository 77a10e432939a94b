using Zoetrope.Http;
using Zoetrope.Text;

namespace Zoetrope.Operations;

/// <summary>Reads responses that are text.</summary>
internal static class TextResponse
{
    /// <summary>The text; a charset that is not known counts as UTF-8, and so does none.</summary>
    public static string Read(TransportResponse answer) => Read(answer.Body, answer.Charset);

    /// <summary>The text of a body.</summary>
    public static string Read(ReadOnlyMemory<byte> body, string? charset) => Charsets.Read(body.Span, charset);
}
