using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Zoetrope.Json;

/// <summary>Scans JSON that is known to be valid and to have no white space between its tokens.</summary>
internal static class CompactJson
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);

    /// <summary>The index after the string or name whose opening quote is at <paramref name="quote"/>.</summary>
    public static int EndOfString(ReadOnlySpan<byte> json, int quote)
    {
        var at = quote + 1;
        while (true)
        {
            at += json[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (json[at] == '"')
                return at + 1;
            at += 2;
        }
    }

    /// <summary>The index after the value that begins at <paramref name="start"/>.</summary>
    public static int EndOfValue(ReadOnlySpan<byte> json, int start)
    {
        if (json[start] == '"')
            return EndOfString(json, start);
        if (json[start] is not ((byte)'{' or (byte)'['))
            return json[start..].IndexOfAny((byte)',', (byte)'}', (byte)']') is var length and >= 0 ? start + length : json.Length;
        var depth = 0;
        var at = start;
        do
        {
            at += json[at..].IndexOfAny(Structure);
            if (json[at] == '"')
            {
                at = EndOfString(json, at);
                continue;
            }
            depth += json[at] is (byte)'{' or (byte)'[' ? 1 : -1;
            at++;
        }
        while (depth > 0);
        return at;
    }

    /// <summary>The text of a string or name without its quotes.</summary>
    public static string Text(ReadOnlySpan<byte> quoted)
    {
        if (quoted.IndexOf((byte)'\\') < 0)
            return Encoding.UTF8.GetString(quoted[1..^1]);
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        return reader.GetString()!;
    }
}
