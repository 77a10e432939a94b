using System.Text.Json;
using Zoetrope.Errors;
using Zoetrope.Json;
using Zoetrope.Providers;

namespace Zoetrope.Eachlabs;

/// <summary>
/// The error bodies of Eachlabs: <c>error</c> as text or object, with <c>status</c> and <c>details</c>, <c>message</c> and <c>details</c>, the envelope
/// that replaces the output of a failed prediction, and the <c>{}</c> of some rejections.
/// </summary>
internal struct EachlabsErrorBody
{
    public string? Text;
    public string? Details;
    public string? Code;
    public string? Category;
    public string? RequestId;
    public bool? Retryable;

    // The clearer text is preferred, wherever it is: error_message explains what error ("Execution failed") only announces.
    private string? _errorMessage;
    private string? _message;
    private string? _error;

    public static EachlabsErrorBody Read(RawJson json)
    {
        var body = default(EachlabsErrorBody);
        var reader = json.CreateReader(int.MaxValue);
        try
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
                body.ReadMembers(ref reader);
            else if (reader.TokenType == JsonTokenType.StartArray)
                body.ReadFirst(ref reader);
            else
                body._error = ProtocolJson.Text(ref reader);
        }
        catch (JsonException)
        {
            // Nested too deep to be a message; those before it are used.
        }
        body.Text = NotEmpty(body._errorMessage) ?? NotEmpty(body._message) ?? NotEmpty(body._error);
        return body;
    }

    /// <summary>The error that the body describes; null when it describes none.</summary>
    public readonly ServiceError? ToError(RawJson? raw, string? requestId = null)
    {
        var message = Text ?? Details ?? Code ?? Category;
        if (message is null)
            return null;
        return new ServiceError
        {
            Message = Details is null || Details == message ? message : $"{message}: {Details}",
            Type = Code ?? Category,
            RequestId = requestId ?? RequestId,
            Retryable = Retryable,
            Body = raw,
        };
    }

    private void ReadMembers(ref Utf8JsonReader reader)
    {
        while (ProtocolJson.NextMember(ref reader, out var name))
        {
            if (name.SequenceEqual("error_message"u8))
                _errorMessage = ProtocolJson.Text(ref reader);
            else if (name.SequenceEqual("message"u8))
                _message = ProtocolJson.Text(ref reader);
            else if (name.SequenceEqual("error"u8) || name.SequenceEqual("detail"u8))
                ReadError(ref reader);
            else if (name.SequenceEqual("details"u8))
                Details = NotEmpty(TextOrJson(ref reader));
            else if (name.SequenceEqual("error_code"u8) || name.SequenceEqual("code"u8))
                Code = NotEmpty(ProtocolJson.Text(ref reader));
            else if (name.SequenceEqual("type"u8) || name.SequenceEqual("category"u8))
                Category = NotEmpty(ProtocolJson.Text(ref reader));
            else if (name.SequenceEqual("classification"u8) && reader.TokenType == JsonTokenType.StartObject)
                ReadMembers(ref reader);
            else if (name.SequenceEqual("retryable"u8))
                Retryable = ProtocolJson.Flag(ref reader);
            else if (name.SequenceEqual("request_id"u8))
                RequestId = NotEmpty(ProtocolJson.Text(ref reader));
            else
                reader.Skip();
        }
    }

    private void ReadError(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
            ReadMembers(ref reader);
        else if (reader.TokenType == JsonTokenType.StartArray)
            _error = RawJson.Read(ref reader).ToString();
        else
            _error = ProtocolJson.Text(ref reader) ?? _error;
    }

    // A list, as in failed webhooks: the first entry has the reason.
    private void ReadFirst(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject && _error is null && _message is null)
                ReadMembers(ref reader);
            else
                _error ??= ProtocolJson.Text(ref reader);
        }
    }

    private static string? TextOrJson(ref Utf8JsonReader reader) =>
        reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray
            ? RawJson.Read(ref reader).ToString()
            : ProtocolJson.Text(ref reader);

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
