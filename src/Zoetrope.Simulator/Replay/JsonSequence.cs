using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Zoetrope.Simulator.Http;

namespace Zoetrope.Simulator.Replay;

/// <summary>
/// A text as the JSON objects and arrays that begin its lines or follow each other (JSON, NDJSON, JSON text sequences), and what is between them.
/// </summary>
internal static class JsonSequence
{
    /// <summary>The separator of JSON text sequences (RFC 7464).</summary>
    private const byte RecordSeparator = 0x1e;

    /// <summary>The pieces of a text, which are the text together; the value of what is not JSON is null.</summary>
    public static List<(string Text, JsonNode? Json)> Split(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var pieces = new List<(string, JsonNode?)>();
        var (at, written) = (0, 0);
        while (at < utf8.Length)
        {
            if (utf8[at] is (byte)'{' or (byte)'[' && Parse(utf8, at, out var length) is { } json)
            {
                AddText(at);
                pieces.Add((Encoding.UTF8.GetString(utf8, at, length), json));
                written = at += length;
            }
            else if (utf8[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or RecordSeparator)
                at++;
            else
                at = utf8.AsSpan(at).IndexOf((byte)'\n') is >= 0 and var end ? at + end + 1 : utf8.Length;
        }
        AddText(utf8.Length);
        return pieces;

        void AddText(int end)
        {
            if (end > written)
                pieces.Add((Encoding.UTF8.GetString(utf8, written, end - written), null));
        }
    }

    private static JsonNode? Parse(byte[] utf8, int start, out int length)
    {
        length = 0;
        var reader = new Utf8JsonReader(utf8.AsSpan(start), new JsonReaderOptions { AllowMultipleValues = true });
        try
        {
            reader.Read();
            reader.Skip();
            length = (int)reader.BytesConsumed;
            return RequestJson.Parse(utf8.AsMemory(start, length));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
