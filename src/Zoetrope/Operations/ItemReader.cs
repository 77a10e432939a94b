using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Zoetrope.CodeGen.Operations;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Json;

namespace Zoetrope.Operations;

/// <summary>Takes a response apart into its items, each as JSON.</summary>
/// <param name="response">The response.</param>
/// <param name="format">How the items come.</param>
internal sealed class ItemReader(StreamingResponse response, ItemFormat format)
{
    private const string EventStream = "text/event-stream";
    private const byte RecordSeparator = 0x1E;

    /// <summary>Reads the items, each as it arrives.</summary>
    /// <param name="ct">A token to cancel the wait.</param>
    /// <exception cref="TransportException">The response is of another media type, breaks off, or has an item that is too large.</exception>
    public async IAsyncEnumerable<byte[]> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var isOfEvents = format is not (ItemFormat.JsonLines or ItemFormat.JsonSequence);
        var areEvents = string.Equals(response.ContentType, EventStream, StringComparison.OrdinalIgnoreCase);
        // What is not an event stream would be read as one without events, and lost.
        if (areEvents != isOfEvents && response.ContentType is { } type)
            throw await response.FailAsync($"was to be {(isOfEvents ? EventStream : "JSON")}, but is {type}", ct).ConfigureAwait(false);
        var items = isOfEvents ? EventsAsync(ct) : PiecesAsync(format == ItemFormat.JsonLines ? (byte)'\n' : RecordSeparator, ct);
        await foreach (var item in items.ConfigureAwait(false))
            yield return item;
    }

    private async IAsyncEnumerable<byte[]> EventsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var body = new EventBody(response.Stream, response.Limit, ct, ct);
        var events = SseParser.Create(body, (_, data) => (Data: data.ToArray(), IsUnfinished: body.IsOver)).EnumerateAsync(ct);
        await foreach (var received in events.ConfigureAwait(false))
        {
            body.FoundEvent();
            var (data, isUnfinished) = received.Data;
            var trimmed = data.AsMemory().Trim(" \t\r\n"u8);
            // Events without data keep a connection open. One with a name says something all the same, if the name is a part of the item.
            if (trimmed.IsEmpty && (format is ItemFormat.EventJson or ItemFormat.EventText || received.EventType == SseParser.EventTypeDefault))
                continue;
            if (trimmed.Span.SequenceEqual("[DONE]"u8))
                yield break;
            if (isUnfinished)
                throw BrokenOff(body, data);
            yield return ItemOf(received, data, trimmed.Span);
        }
        if (body.IsTooLarge || body.Failure is not null)
            throw BrokenOff(body, []);
    }

    private TransportException BrokenOff(EventBody body, byte[] received) => body switch
    {
        { IsTooLarge: true } => TooLarge(received),
        { Failure: { } failure } => response.Fail($"broke off: {failure.Message}", TransportFailure.Broken, received, failure),
        _ => response.Fail("ended in an event that no empty line finished.", TransportFailure.Broken, received),
    };

    private byte[] ItemOf(SseItem<(byte[] Data, bool IsUnfinished)> received, byte[] data, ReadOnlySpan<byte> trimmed)
    {
        if (format is ItemFormat.EventJson or ItemFormat.EventText)
        {
            // The specification describes what the data of an event is, but not that of an error.
            if (received.EventType == "error")
                throw response.Fail($"ended with an error: {Excerpt(data)}", TransportFailure.Broken, data);
            if (format == ItemFormat.EventJson)
                return data;
        }
        var writer = new JsonWriter(data.Length + 64);
        if (format == ItemFormat.EventText)
        {
            writer.WriteStringValue(Encoding.UTF8.GetString(data));
            return writer.ToArray();
        }
        writer.WriteStartObject();
        writer.WriteString("event"u8, received.EventType);
        writer.WritePropertyName("data"u8);
        var isJson = format switch
        {
            ItemFormat.EventsWithText => false,
            ItemFormat.EventsWithEither => trimmed is [(byte)'{' or (byte)'[', ..] && IsJson(trimmed),
            _ => IsJson(trimmed) ? true : throw response.Fail($"has an event whose data is not JSON: {Excerpt(data)}", TransportFailure.Malformed, data),
        };
        if (isJson)
            writer.WriteRawValue(trimmed);
        else
            writer.WriteStringValue(Encoding.UTF8.GetString(data));
        if (received.EventId is { Length: > 0 } id)
            writer.WriteString("id"u8, id);
        if (received.ReconnectionInterval is { } pause)
            writer.WriteNumber("retry", (long)pause.TotalMilliseconds);
        writer.WriteEndObject();
        return writer.ToArray();
    }

    /// <summary>Reads what is between separators; what is blank is none.</summary>
    private async IAsyncEnumerable<byte[]> PiecesAsync(byte separator, [EnumeratorCancellation] CancellationToken ct)
    {
        var buffer = new byte[16 * 1024];
        var (start, scanned, end) = (0, 0, 0);
        while (true)
        {
            while (buffer.AsSpan(scanned..end).IndexOf(separator) is var at and >= 0)
            {
                var piece = PieceOf(buffer.AsSpan(start..(scanned + at)));
                start = scanned += at + 1;
                if (piece is not null)
                    yield return piece;
            }
            scanned = end;
            if (end - start > response.Limit)
                throw TooLarge(buffer[start..end]);
            if (start > 0)
            {
                buffer.AsSpan(start..end).CopyTo(buffer);
                (start, scanned, end) = (0, end - start, end - start);
            }
            if (end == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
            var read = await response.Stream.ReadAsync(buffer.AsMemory(end), ct).ConfigureAwait(false);
            if (read == 0)
                break;
            end += read;
        }
        if (PieceOf(buffer.AsSpan(start..end)) is { } last)
            yield return last;
    }

    private static byte[]? PieceOf(ReadOnlySpan<byte> bytes)
    {
        var mark = Encoding.UTF8.Preamble;
        if (bytes.StartsWith(mark))
            bytes = bytes[mark.Length..];
        bytes = bytes.Trim(" \t\r\n"u8);
        return bytes.IsEmpty ? null : bytes.ToArray();
    }

    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, JsonModel.ReaderOptions);
        try
        {
            return reader.Read() && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private TransportException TooLarge(byte[] received) => response.Fail(
        $"has an item of more than {response.Limit} bytes, the maximum that is read at once ({nameof(ClientOptions.MaxResponseBytes)}).",
        TransportFailure.TooLarge, received);

    private static string Excerpt(ReadOnlySpan<byte> data) => Encoding.UTF8.GetString(data[..Math.Min(data.Length, 200)]);
}
