using System.Text;
using System.Text.Json;
using Zoetrope.Json;
using Zoetrope.Protocol;

namespace Zoetrope.Fal;

/// <summary>
/// The error bodies of fal: <c>detail</c> as text or as a list of field problems (in the forms of Pydantic 1 and 2), <c>error_type</c> beside it,
/// an app's <c>message</c> or <c>error</c>, the platform's <c>error</c> object, and a bare <c>status</c>.
/// </summary>
internal struct FalErrorBody
{
    public string? Message;
    public string? Type;
    public string? Status;
    public string? RequestId;
    public List<FieldError>? Fields;

    public static FalErrorBody Read(RawJson json)
    {
        var body = default(FalErrorBody);
        var reader = json.CreateReader();
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
            body.ReadMembers(ref reader);
        else if (reader.TokenType == JsonTokenType.StartArray)
            body.ReadItems(ref reader);
        else
            body.Message = ProtocolJson.Text(ref reader);
        return body;
    }

    private void ReadMembers(ref Utf8JsonReader reader)
    {
        while (ProtocolJson.NextMember(ref reader, out var name))
        {
            if (name.SequenceEqual("detail"u8))
                ReadProblem(ref reader, decisive: true);
            else if (name.SequenceEqual("error"u8))
                ReadProblem(ref reader, decisive: false);
            else if (name.SequenceEqual("message"u8) || name.SequenceEqual("msg"u8))
                Message ??= ProtocolJson.Text(ref reader);
            else if (name.SequenceEqual("error_type"u8))
                Type = ProtocolJson.Text(ref reader) ?? Type;
            else if (name.SequenceEqual("type"u8))
                Type ??= ProtocolJson.Text(ref reader);
            else if (name.SequenceEqual("status"u8))
                Status = ProtocolJson.Text(ref reader);
            else if (name.SequenceEqual("request_id"u8))
                RequestId = ProtocolJson.Text(ref reader);
            else
                reader.Skip();
        }
    }

    // Where detail and error are both there, detail is the one that explains.
    private void ReadProblem(ref Utf8JsonReader reader, bool decisive)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
            ReadItems(ref reader);
        else if (reader.TokenType == JsonTokenType.StartObject)
            ReadNested(ref reader);
        else
            Message = decisive ? ProtocolJson.Text(ref reader) ?? Message : Message ?? ProtocolJson.Text(ref reader);
    }

    // An object is either one field problem that was not put into a list, or a message with its type.
    private void ReadNested(ref Utf8JsonReader reader)
    {
        var raw = RawJson.Read(ref reader);
        var copy = raw.CreateReader();
        copy.Read();
        var item = ReadItem(ref copy);
        if (item.Path.Length > 0)
        {
            (Fields ??= []).Add(item);
            return;
        }
        copy = raw.CreateReader();
        copy.Read();
        ReadMembers(ref copy);
    }

    private void ReadItems(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
                (Fields ??= []).Add(ReadItem(ref reader));
            else if (ProtocolJson.Text(ref reader) is { } text)
                (Fields ??= []).Add(new FieldError("", text));
        }
    }

    private static FieldError ReadItem(ref Utf8JsonReader reader)
    {
        string path = "", message = "";
        string? type = null;
        RawJson? context = null;
        while (ProtocolJson.NextMember(ref reader, out var name))
        {
            if (name.SequenceEqual("loc"u8))
                path = ReadLocation(ref reader);
            else if (name.SequenceEqual("msg"u8) || name.SequenceEqual("message"u8))
                message = ProtocolJson.Text(ref reader) ?? message;
            else if (name.SequenceEqual("type"u8))
                type = ProtocolJson.Text(ref reader);
            else if (name.SequenceEqual("ctx"u8))
                context = RawJson.Read(ref reader);
            else
                reader.Skip();
        }
        return new FieldError(path, message.Length > 0 ? message : type ?? "not valid", type, context);
    }

    // ["body","image_urls",0,"url"] is image_urls[0].url: the user's input is the body.
    private static string ReadLocation(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return ProtocolJson.Text(ref reader) ?? "";
        var path = new StringBuilder();
        var first = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var isIndex = reader.TokenType == JsonTokenType.Number;
            var part = ProtocolJson.Text(ref reader);
            if (isIndex)
                path.Append('[').Append(part).Append(']');
            else if (!first || part is not "body")
                path.Append(path.Length > 0 ? "." : "").Append(part);
            first = false;
        }
        return path.ToString();
    }
}
