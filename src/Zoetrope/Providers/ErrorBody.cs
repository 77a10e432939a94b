using System.Text.Json;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Json;

namespace Zoetrope.Providers;

/// <summary>
/// The error bodies that many services use: <c>message</c>, <c>error</c> as text or object, <c>detail</c> as text or as a list of field errors (FastAPI, in the
/// formats of Pydantic 1 and 2), <c>errors</c> as a list or by field, and problem details (RFC 9457) with <c>title</c>.
/// </summary>
public struct ErrorBody
{
    private const string NotValid = "The input is not valid";

    // The clearer text wins, whatever its location: a detail explains, an error often only repeats the status, and a title is the same for all errors of a
    // kind.
    private string? _detail;
    private string? _message;
    private string? _error;
    private string? _title;
    private string? _type;
    private string? _code;
    private List<FieldError>? _fields;

    /// <summary>The explanation in the service's words; null where there is none besides the errors of fields.</summary>
    public readonly string? Message => _detail ?? _message ?? _error ?? _title;

    /// <summary>The machine-readable kind, or else the code if it is a word.</summary>
    public readonly string? Type => _type ?? _code;

    /// <summary>The <c>status</c> if it is a word, such as <c>ALREADY_COMPLETED</c>.</summary>
    public string? Status { get; private set; }

    /// <summary>The service's id of the exchange.</summary>
    public string? RequestId { get; private set; }

    /// <summary>Whether the service says that the same request may succeed later; null where it does not say.</summary>
    public bool? Retryable { get; private set; }

    /// <summary>The errors of individual fields.</summary>
    public readonly IReadOnlyList<FieldError> Fields => _fields ?? (IReadOnlyList<FieldError>)[];

    /// <summary>The kind that all errors of fields have in common; null where there is none.</summary>
    public readonly string? FieldsType
    {
        get
        {
            foreach (var problem in Fields)
            {
                if (problem.Type != Fields[0].Type)
                    return null;
            }
            return Fields.Count > 0 ? Fields[0].Type : null;
        }
    }

    /// <summary>Reads a body, which may be anything: if it is not JSON, the title of the page or the beginning of the text is the message.</summary>
    public static ErrorBody Read(TransportResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return response.Json is { } json ? Read(json) : new ErrorBody { _message = ErrorText.FromBody(response.Utf8.Span) };
    }

    /// <summary>Reads a body that is JSON.</summary>
    public static ErrorBody Read(RawJson json)
    {
        var body = default(ErrorBody);
        using var scope = JsonSource.Enter(json.Memory);
        var reader = json.CreateReader();
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
            body.ReadMembers(ref reader);
        else if (reader.TokenType == JsonTokenType.StartArray)
            body.ReadItems(ref reader);
        else
            body._message = NotEmpty(ProtocolJson.Text(ref reader));
        return body;
    }

    /// <summary>Returns the explanation, or the closest text to one.</summary>
    /// <param name="type">The kind of error, from any source.</param>
    public readonly string Explain(string? type)
    {
        if (Message is { } message)
            return message;
        // An error without a field is the message itself; errors of fields are shown after it, each with its path.
        return Fields switch
        {
            [{ Path.Length: 0 } only] => only.Message,
            { Count: > 0 } => NotValid,
            _ => type ?? "no explanation was given",
        };
    }

    private void ReadMembers(ref Utf8JsonReader reader)
    {
        while (ProtocolJson.NextMember(ref reader, out var name))
            ReadMember(ref reader, name);
    }

    private void ReadMember(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("detail"u8))
            ReadProblem(ref reader, ref _detail);
        else if (name.SequenceEqual("message"u8) || name.SequenceEqual("msg"u8) || name.SequenceEqual("error_description"u8))
            ReadProblem(ref reader, ref _message);
        else if (name.SequenceEqual("error"u8))
            ReadProblem(ref reader, ref _error);
        else if (name.SequenceEqual("errors"u8))
            ReadProblems(ref reader);
        else if (name.SequenceEqual("title"u8))
            _title = NotEmpty(ProtocolJson.Text(ref reader)) ?? _title;
        else if (name.SequenceEqual("error_type"u8))
            _type = NotEmpty(ProtocolJson.Text(ref reader)) ?? _type;
        else if (name.SequenceEqual("type"u8))
            _type ??= TypeOf(ProtocolJson.Text(ref reader));
        else if (reader.TokenType == JsonTokenType.String && (name.SequenceEqual("code"u8) || name.SequenceEqual("error_code"u8)))
            _code ??= NotEmpty(ProtocolJson.Text(ref reader));
        else if (name.SequenceEqual("status"u8) && reader.TokenType == JsonTokenType.String)
            Status = NotEmpty(ProtocolJson.Text(ref reader));
        else if (name.SequenceEqual("request_id"u8) || name.SequenceEqual("requestId"u8))
            RequestId = NotEmpty(ProtocolJson.Text(ref reader));
        else if (name.SequenceEqual("retryable"u8))
            Retryable = ProtocolJson.Flag(ref reader);
        else
            reader.Skip();
    }

    private void ReadProblem(ref Utf8JsonReader reader, ref string? text)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
            ReadItems(ref reader);
        else if (reader.TokenType == JsonTokenType.StartObject)
            ReadNested(ref reader);
        else
            text ??= NotEmpty(ProtocolJson.Text(ref reader));
    }

    // An object is either one field error that is not in a list, or a message with its type. Both are read in one pass, because objects can be nested.
    private void ReadNested(ref Utf8JsonReader reader)
    {
        var message = this;
        var problem = new ErrorItem("");
        var count = _fields?.Count ?? 0;
        while (ProtocolJson.NextMember(ref reader, out var name))
        {
            var isInside = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
            if (problem.TryRead(ref reader, name, keepInside: true) && isInside)
                continue;
            message.ReadMember(ref reader, name);
        }
        if (problem.Path.Length == 0)
        {
            this = message;
            return;
        }
        _fields?.RemoveRange(count, _fields.Count - count);
        (_fields ??= []).Add(problem.ToError());
    }

    private void ReadItems(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            ReadItem(ref reader, "");
    }

    private void ReadItem(ref Utf8JsonReader reader, string path)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
            (_fields ??= []).Add(ErrorItem.Read(ref reader, path));
        else if (NotEmpty(ProtocolJson.Text(ref reader)) is { } text)
            (_fields ??= []).Add(new FieldError(path, text));
    }

    // A list of errors, or an object of them by field, where each is one or a list.
    private void ReadProblems(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            if (reader.TokenType == JsonTokenType.StartArray)
                ReadItems(ref reader);
            else
                _error ??= NotEmpty(ProtocolJson.Text(ref reader));
            return;
        }
        while (ProtocolJson.NextMember(ref reader, out var name))
        {
            var path = System.Text.Encoding.UTF8.GetString(name);
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                ReadItem(ref reader, path);
                continue;
            }
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                ReadItem(ref reader, path);
        }
    }

    // The value in RFC 9457 for a missing type.
    private static string? TypeOf(string? text) => text == "about:blank" ? null : NotEmpty(text);

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
