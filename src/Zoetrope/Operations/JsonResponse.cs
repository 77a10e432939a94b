using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Zoetrope.CodeGen;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Json;

namespace Zoetrope.Operations;

/// <summary>Reads responses that are JSON, and texts where JSON could be a string.</summary>
internal static class JsonResponse
{
    /// <summary>Whether a response has no body, or only the JSON <c>null</c>.</summary>
    public static bool IsNothing(TransportResponse response) =>
        Json(response).Span.Trim(" \t\r\n"u8) is var body && (body.IsEmpty || body.SequenceEqual("null"u8));

    /// <summary>The name of a response in messages.</summary>
    public static string SubjectOf(string service, TransportRequest? request) => request is null ? service : $"{service}'s response to {request.Operation}";

    /// <summary>Reads the body of a response, whatever its media type says, on another thread where it is large. The response is not used any more.</summary>
    /// <param name="response">The response.</param>
    /// <param name="service">The service's name, for messages.</param>
    /// <param name="request">The request.</param>
    /// <param name="ct">A token to cancel the wait.</param>
    /// <param name="pages">Reads what a page says about the next one; null where the response is not one.</param>
    /// <exception cref="TransportException">The body is not JSON, or does not have the specified type; the exception contains it.</exception>
    public static ValueTask<T> ReadAsync<T, TCodec>(
        TransportResponse response, string service, TransportRequest request, CancellationToken ct, PageTurner? pages = null)
        where TCodec : struct, IJsonCodec<T> => LargeWork.IsLarge(response.Body.Length)
            ? ReadLargeAsync<T, TCodec>(response, service, request, pages, ct)
            : new(ReadAndRelease<T, TCodec>(response, service, request, pages));

    private static ValueTask<T> ReadLargeAsync<T, TCodec>(
        TransportResponse response, string service, TransportRequest request, PageTurner? pages, CancellationToken ct)
        where TCodec : struct, IJsonCodec<T> => LargeWork.ReadAsync(() => ReadAndRelease<T, TCodec>(response, service, request, pages), ct);

    private static T ReadAndRelease<T, TCodec>(TransportResponse response, string service, TransportRequest request, PageTurner? pages)
        where TCodec : struct, IJsonCodec<T>
    {
        // A result may keep slices of the body.
        var wasShared = JsonSource.IsShared;
        JsonSource.IsShared = false;
        try
        {
            var result = Read<T, TCodec>(response, service, request);
            pages?.Read(response.Utf8.Span);
            if (!JsonSource.IsShared)
                response.Release();
            return result;
        }
        finally
        {
            JsonSource.IsShared |= wasShared;
        }
    }

    /// <summary>Reads the body of a response, whatever its media type says.</summary>
    /// <param name="response">The response.</param>
    /// <param name="service">The service's name, or that of the response, for messages.</param>
    /// <param name="request">The request; null where the name is that of the response.</param>
    /// <exception cref="TransportException">The body is not JSON, or does not have the specified type; the exception contains it.</exception>
    public static T Read<T, TCodec>(TransportResponse response, string service, TransportRequest? request = null)
        where TCodec : struct, IJsonCodec<T>
    {
        if (response.Body.IsEmpty)
        {
            throw Malformed(
                $"{SubjectOf(service, request)} ({(int)response.StatusCode}) has no body, although its specification promises JSON.", response);
        }
        // A text is returned unchanged where the specification leaves the media type open, even if it looks like JSON.
        if (request is { Accept: { } accept } && accept.Contains('*') && IsText(response) && TryReadText<T, TCodec>(response, out var verbatim))
            return verbatim;
        string problem;
        try
        {
            var json = Json(response);
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
            else if (IsText(response) && TryReadText<T, TCodec>(response, out var text))
            {
                return text;
            }
            else
            {
                problem = $"does not have the type in its specification: it is {JsonRead.Describe(found)}, but {TCodec.Plural} were expected";
            }
        }
        catch (JsonException) when (CanBeText(response) && TryReadText<T, TCodec>(response, out var text))
        {
            // Frameworks write a string with a JSON media type without its quotes.
            return text;
        }
        catch (JsonException exception)
        {
            problem = $"cannot be read as JSON: {exception.Message}";
        }
        throw Malformed(
            $"{SubjectOf(service, request)} ({(int)response.StatusCode}, {response.ContentType ?? "no media type"}) {problem}. It was: {response.Excerpt()}",
            response);
    }

    /// <summary>Returns the text of a body as the string that the type allows.</summary>
    private static bool TryReadText<T, TCodec>(TransportResponse response, [MaybeNullWhen(false)] out T value)
        where TCodec : struct, IJsonCodec<T>
    {
        value = default;
        // A body that is declared as another kind of JSON is not a string.
        if (TCodec.TakesAnything)
            return false;
        var reader = new Utf8JsonReader(JsonModel.ToUtf8<string, StringCodec>(TextResponse.Read(response)), JsonModel.ReaderOptions);
        reader.Read();
        return TCodec.TryRead(ref reader, out value);
    }

    private static bool IsText(TransportResponse response) =>
        response is { IsJson: false, ContentType: { } type }
            && type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            && !type.Equals("text/json", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a body that is not JSON can be a text: its media type does not exclude it, and it does not begin like JSON.</summary>
    private static bool CanBeText(TransportResponse response)
    {
        if (IsText(response))
            return true;
        var isOpen = response.IsJson || response.ContentType is not { } type || type.EndsWith("json", StringComparison.OrdinalIgnoreCase);
        return isOpen && Json(response).Span.TrimStart(" \t\r\n"u8) is [not ((byte)'{' or (byte)'[' or (byte)'"'), ..];
    }

    private static ReadOnlyMemory<byte> Json(TransportResponse response) => response.Utf8;

    private static TransportException Malformed(string message, TransportResponse response) => response.Fail(message, TransportFailure.Malformed);
}
