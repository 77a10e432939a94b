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
/// <param name="form">How the items come.</param>
internal sealed class ItemReader(StreamingResponse response, ItemForm form)
{
    private const byte RecordSeparator = 0x1E;

    /// <summary>Reads the items, each as it arrives.</summary>
    /// <param name="ct">A token to cancel the wait.</param>
    /// <exception cref="TransportException">The response is of another media type, breaks off, or has an item that is too large.</exception>
    public async IAsyncEnumerable<byte[]> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        if (!form.Accepts(response.ContentType))
            throw await response.FailAsync($"was to be {form.MediaType}, but is {response.ContentType}", ct).ConfigureAwait(false);
        var items = form.IsOfEvents ? EventsAsync(ct) : PiecesAsync(form.IsSequence ? RecordSeparator : (byte)'\n', ct);
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
            var kind = form.DataOf(received.EventType);
            // White space is text, but not JSON.
            var content = kind.HasFlag(EventData.Text) ? data.AsMemory() : data.AsMemory().Trim(" \t\r\n"u8);
            if (content.IsEmpty && (kind.HasFlag(EventData.KeepAlive) || received.EventType == SseParser.EventTypeDefault))
                continue;
            if (content.Span.SequenceEqual("[DONE]"u8))
                yield break;
            if (isUnfinished)
                throw BrokenOff(body, data);
            if (kind == EventData.None)
                throw response.Fail($"ended with an error: {Excerpt(data)}", TransportFailure.Broken, data);
            yield return form.HasFields ? EventOf(received, kind, content.Span) : kind.HasFlag(EventData.Text) ? TextOf(data) : data;
        }
        if (body.IsTooLarge || body.Failure is not null)
            throw BrokenOff(body, []);
    }

    private TransportException BrokenOff(EventBody body, byte[] received)
    {
        if (body.IsTooLarge)
            return TooLarge(received);
        if (body.Failure is not TransportException failure)
            return response.Fail("ended in an event that no empty line finished.", TransportFailure.Broken, received);
        StreamingResponse.AttachPart(failure, received);
        return failure;
    }

    private static byte[] TextOf(byte[] data)
    {
        var writer = new JsonWriter(data.Length + 2);
        writer.WriteStringValue(Encoding.UTF8.GetString(data));
        return writer.ToArray();
    }

    private byte[] EventOf(SseItem<(byte[] Data, bool IsUnfinished)> received, EventData kind, ReadOnlySpan<byte> content)
    {
        var writer = new JsonWriter(content.Length + 64);
        writer.WriteStartObject();
        writer.WriteString("event"u8, received.EventType);
        WriteData(writer, kind, content, received);
        if (received.EventId is { Length: > 0 } id)
            writer.WriteString("id"u8, id);
        if (received.ReconnectionInterval is { } pause)
            writer.WriteNumber("retry", (long)pause.TotalMilliseconds);
        writer.WriteEndObject();
        return writer.ToArray();
    }

    private void WriteData(JsonWriter writer, EventData kind, ReadOnlySpan<byte> content, SseItem<(byte[] Data, bool IsUnfinished)> received)
    {
        if (content.IsEmpty && kind.HasFlag(EventData.Optional))
            return;
        writer.WritePropertyName("data"u8);
        if (content.IsEmpty && kind.HasFlag(EventData.Nullable))
            writer.WriteRawValue("null"u8);
        else if (kind.HasFlag(EventData.Text) && !(kind.HasFlag(EventData.Json) && IsObjectOrArray(content)))
            writer.WriteStringValue(Encoding.UTF8.GetString(content));
        else if (IsJson(content))
            writer.WriteRawValue(content);
        else
        {
            throw response.Fail(
                $"has an event '{received.EventType}' whose data is not JSON: {Excerpt(received.Data.Data)}", TransportFailure.Malformed, received.Data.Data);
        }
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
            int read;
            try
            {
                read = await response.Stream.ReadAsync(buffer.AsMemory(end), ct).ConfigureAwait(false);
            }
            catch (TransportException exception)
            {
                StreamingResponse.AttachPart(exception, buffer.AsMemory(start..end).Trim(" \t\r\n"u8));
                throw;
            }
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

    private static bool IsObjectOrArray(ReadOnlySpan<byte> text) => text.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..] && IsJson(text);

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
