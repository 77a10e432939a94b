using System.Text;
using System.Text.Json;
using Zoetrope.Errors;
using Zoetrope.Json;

namespace Zoetrope.Providers;

/// <summary>One error of a list of them.</summary>
/// <param name="path">The location of the error if the object does not contain one.</param>
internal struct ErrorItem(string path)
{
    private string _message = "";
    private string? _type;
    private RawJson? _context;

    /// <summary>The location of the error.</summary>
    public string Path { get; private set; } = path;

    /// <summary>Reads the object at the reader's position.</summary>
    public static FieldError Read(ref Utf8JsonReader reader, string path = "")
    {
        var item = new ErrorItem(path);
        while (ProtocolJson.NextMember(ref reader, out var name))
        {
            if (!item.TryRead(ref reader, name, keepInside: false))
                reader.Skip();
        }
        return item.ToError();
    }

    /// <summary>Reads a member; if it does not describe the error, returns false and leaves the reader where it was.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="name">The member's name.</param>
    /// <param name="keepInside">Whether messages that are objects or arrays are left to the caller.</param>
    public bool TryRead(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name, bool keepInside)
    {
        if (name.SequenceEqual("loc"u8) || name.SequenceEqual("field"u8) || name.SequenceEqual("path"u8))
            Path = Location(ref reader, Path);
        else if (name.SequenceEqual("pointer"u8))
            Path = Pointer(ProtocolJson.Text(ref reader)) ?? Path;
        else if (name.SequenceEqual("ctx"u8))
            _context = RawJson.Read(ref reader);
        else if (keepInside && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            return false;
        else if (name.SequenceEqual("msg"u8) || name.SequenceEqual("message"u8) || name.SequenceEqual("detail"u8))
            _message = ProtocolJson.Text(ref reader) ?? _message;
        else if (name.SequenceEqual("type"u8) || name.SequenceEqual("code"u8))
            _type ??= ProtocolJson.Text(ref reader);
        else
            return false;
        return true;
    }

    /// <summary>Returns the error that was read.</summary>
    public readonly FieldError ToError() => new(Path, _message.Length > 0 ? _message : _type ?? "not valid", _type, _context);

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

    // A JSON pointer, as in problem details: #/image_urls/0/url.
    private static string? Pointer(string? text)
    {
        if (text is null)
            return null;
        var path = new StringBuilder();
        foreach (var part in text.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = JsonPointers.Unescape(part);
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
