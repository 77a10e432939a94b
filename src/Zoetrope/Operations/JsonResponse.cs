using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Zoetrope.CodeGen;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Json;

namespace Zoetrope.Operations;

/// <summary>Reads responses that are JSON, and texts that came where JSON could be a string.</summary>
internal static class JsonResponse
{
    /// <summary>Whether a response has no body, or only the JSON <c>null</c>.</summary>
    public static bool IsNothing(TransportResponse answer) => Json(answer).Span.Trim(" \t\r\n"u8) is var body && (body.IsEmpty || body.SequenceEqual("null"u8));

    /// <summary>Reads the body of a response, whatever its media type says.</summary>
    /// <param name="answer">The response.</param>
    /// <param name="place">What it is called in messages.</param>
    /// <param name="anyType">Whether the document leaves the media type open: a text is then taken as it is, also where it looks like JSON.</param>
    /// <exception cref="TransportException">It is no JSON, or of another form than promised; the exception has the body.</exception>
    public static T Read<T, TCodec>(TransportResponse answer, string place, bool anyType = false)
        where TCodec : struct, IJsonCodec<T>
    {
        if (answer.Body.IsEmpty)
            throw Malformed($"{place} ({(int)answer.StatusCode}) has no body, where JSON was promised.", answer);
        if (anyType && IsText(answer) && TryReadText<T, TCodec>(answer, out var verbatim))
            return verbatim;
        string problem;
        try
        {
            var json = Json(answer);
            using var scope = JsonSource.Enter(json);
            var reader = new Utf8JsonReader(json.Span, JsonModel.ReaderOptions);
            reader.Read();
            var found = reader.TokenType;
            var notes = default(ReadNotes);
            if (JsonRead.TryItem<T, TCodec>(ref reader, ref notes, out var value))
            {
                if (!reader.Read())
                    return value;
                problem = "holds more than one JSON value";
            }
            else if (IsText(answer) && TryReadText<T, TCodec>(answer, out var text))
            {
                return text;
            }
            else
            {
                problem = $"is not of the form that its document promises: it is {JsonRead.Describe(found)}, and one of {TCodec.Plural} was expected";
            }
        }
        catch (JsonException) when (CanBeText(answer) && TryReadText<T, TCodec>(answer, out var text))
        {
            // Frameworks write a string under a JSON media type without its quotes.
            return text;
        }
        catch (JsonException exception)
        {
            problem = $"cannot be read as JSON: {exception.Message}";
        }
        throw Malformed($"{place} ({(int)answer.StatusCode}, {answer.ContentType ?? "no media type"}) {problem}. It was: {answer.Excerpt()}", answer);
    }

    /// <summary>Takes the text of a body as the string that the form can have.</summary>
    private static bool TryReadText<T, TCodec>(TransportResponse answer, [MaybeNullWhen(false)] out T value)
        where TCodec : struct, IJsonCodec<T>
    {
        value = default;
        // What is typed as any JSON is no string.
        if (TCodec.TakesAnything)
            return false;
        var reader = new Utf8JsonReader(JsonModel.ToUtf8<string, StringCodec>(TextResponse.Read(answer)), JsonModel.ReaderOptions);
        reader.Read();
        return TCodec.TryRead(ref reader, out value);
    }

    private static bool IsText(TransportResponse answer) =>
        answer.ContentType is { } type && type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) && !type.Equals("text/json", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether what is no JSON can be a text: its media type does not say that it is something else, and it does not begin as JSON does.</summary>
    private static bool CanBeText(TransportResponse answer)
    {
        if (IsText(answer))
            return true;
        var isOpen = answer.ContentType is not { } type || type.EndsWith("json", StringComparison.OrdinalIgnoreCase);
        return isOpen && Json(answer).Span.TrimStart(" \t\r\n"u8) is [not ((byte)'{' or (byte)'[' or (byte)'"'), ..];
    }

    private static ReadOnlyMemory<byte> Json(TransportResponse answer) => answer.Utf8;

    private static TransportException Malformed(string message, TransportResponse answer) => answer.Fail(message, TransportFailure.Malformed);
}
