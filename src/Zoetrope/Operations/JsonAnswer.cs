using System.Text.Json;
using Zoetrope.Json;
using Zoetrope.Protocol;

namespace Zoetrope.Operations;

/// <summary>Reads answers that are JSON.</summary>
internal static class JsonAnswer
{
    /// <summary>Whether an answer has no body, or only the JSON <c>null</c>.</summary>
    public static bool IsNothing(TransportResponse answer) => Json(answer).Trim(" \t\r\n"u8) is var body && (body.IsEmpty || body.SequenceEqual("null"u8));

    /// <summary>Reads the body of an answer, whatever its media type says.</summary>
    /// <exception cref="TransportException">It is no JSON, or of another form than promised.</exception>
    public static T Read<T, TForm>(TransportResponse answer, string place)
        where TForm : struct, IJsonForm<T>
    {
        if (answer.Body.IsEmpty)
            throw Malformed($"{place} ({(int)answer.StatusCode}) has no body, where JSON was promised.");
        string problem;
        try
        {
            var reader = new Utf8JsonReader(Json(answer), JsonModel.ReaderOptions);
            reader.Read();
            var found = reader.TokenType;
            if (TForm.TryRead(ref reader, out var value))
            {
                if (!reader.Read())
                    return value;
                problem = "holds more than one JSON value";
            }
            else
            {
                problem = $"is not of the form that its document promises: it is {JsonRead.Describe(found)}, and one of {TForm.Plural} was expected";
            }
        }
        catch (JsonException exception)
        {
            problem = $"cannot be read as JSON: {answer.Redactor?.Redact(exception.Message) ?? exception.Message}";
        }
        throw Malformed($"{place} ({(int)answer.StatusCode}, {answer.ContentType ?? "no media type"}) {problem}. It was: {answer.Excerpt()}");
    }

    private static ReadOnlySpan<byte> Json(TransportResponse answer)
    {
        var body = answer.Body.Span;
        return body.StartsWith("\uFEFF"u8) ? body[3..] : body;
    }

    private static TransportException Malformed(string message) => new(message, TransportFailure.Malformed);
}
