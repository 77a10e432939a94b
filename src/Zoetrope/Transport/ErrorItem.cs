using System.Text;
using System.Text.Json;
using Zoetrope.Json;

namespace Zoetrope.Protocol;

/// <summary>Reads one problem of a list of them.</summary>
internal static class ErrorItem
{
    /// <summary>Reads the object that the reader stands on.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="path">Where the problem is, when the object does not say.</param>
    public static FieldError Read(ref Utf8JsonReader reader, string path = "")
    {
        var message = "";
        string? type = null;
        RawJson? context = null;
        while (ProtocolJson.NextMember(ref reader, out var name))
        {
            if (name.SequenceEqual("loc"u8) || name.SequenceEqual("field"u8) || name.SequenceEqual("path"u8))
                path = Location(ref reader, path);
            else if (name.SequenceEqual("pointer"u8))
                path = Pointer(ProtocolJson.Text(ref reader)) ?? path;
            else if (name.SequenceEqual("msg"u8) || name.SequenceEqual("message"u8) || name.SequenceEqual("detail"u8))
                message = ProtocolJson.Text(ref reader) ?? message;
            else if (name.SequenceEqual("type"u8) || name.SequenceEqual("code"u8))
                type ??= ProtocolJson.Text(ref reader);
            else if (name.SequenceEqual("ctx"u8))
                context = RawJson.Read(ref reader);
            else
                reader.Skip();
        }
        return new FieldError(path, message.Length > 0 ? message : type ?? "not valid", type, context);
    }

    // ["body","image_urls",0,"url"] is image_urls[0].url: the user's input is the body.
    private static string Location(ref Utf8JsonReader reader, string other)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return ProtocolJson.Text(ref reader) ?? other;
        var path = new StringBuilder();
        var first = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Append(path, ProtocolJson.Text(ref reader), reader.TokenType == JsonTokenType.Number, first);
            first = false;
        }
        return path.ToString();
    }

    // A JSON pointer, as problem details have it: #/image_urls/0/url.
    private static string? Pointer(string? text)
    {
        if (text is null)
            return null;
        var path = new StringBuilder();
        foreach (var part in text.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            Append(path, name, int.TryParse(name, System.Globalization.NumberStyles.None, null, out _), path.Length == 0);
        }
        return path.ToString();
    }

    private static void Append(StringBuilder path, string? part, bool isIndex, bool first)
    {
        if (isIndex)
            path.Append('[').Append(part).Append(']');
        else if (!first || part is not "body")
            path.Append(path.Length > 0 ? "." : "").Append(part);
    }
}
