using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Json;
using Zoetrope.Providers;

namespace Zoetrope.Fal.Realtime;

/// <summary>Reads the messages of a realtime app: results in MessagePack or JSON, and control messages, which are JSON.</summary>
internal static class RealtimeMessage
{
    /// <summary>Reads a message as JSON.</summary>
    public static (RawJson Json, Dictionary<string, ReadOnlyMemory<byte>>? Binaries) Read(WebSocketMessageType type, ReadOnlyMemory<byte> content)
    {
        try
        {
            if (type == WebSocketMessageType.Text)
                return (RawJson.Parse(content.Span), null);
            var json = MsgPackReader.Read(content, out var binaries);
            return (RawJson.Parse(json.Span), binaries);
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            var form = type == WebSocketMessageType.Text ? "JSON" : "MessagePack";
            throw Unreadable($"The app sent a message that is not {form}: {exception.Message}", content, exception);
        }
    }

    /// <summary>Reads a result.</summary>
    public static TResult Read<TResult>(RawJson json, Transport transport)
        where TResult : IJsonModel<TResult>
    {
        try
        {
            return json.Deserialize<TResult>();
        }
        catch (JsonException exception)
        {
            // The key must not be in an exception, whatever an app sends back.
            var sent = transport.Redact(new ServiceError { Message = json.ToString() }).Message;
            throw Unreadable($"The app sent a result that is not of the type that was expected: {exception.Message}", Encoding.UTF8.GetBytes(sent), exception);
        }
    }

    /// <summary>Whether a text is a control message, and not a result.</summary>
    /// <param name="json">The message.</param>
    /// <param name="transport">The transport, which knows the key.</param>
    /// <param name="isEnd">Whether it says that the connection was idle, and is to be opened again when needed.</param>
    /// <exception cref="ServiceException">The message reports an error.</exception>
    public static bool IsControl(RawJson json, Transport transport, out bool isEnd)
    {
        isEnd = false;
        if (json.Kind != JsonValueKind.Object)
            return false;
        string? type = null, status = null, error = null, reason = null;
        var reader = json.CreateReader(int.MaxValue);
        reader.Read();
        while (ProtocolJson.NextMember(ref reader, out var name))
        {
            if (name.SequenceEqual("type"u8))
                type = ProtocolJson.Text(ref reader);
            else if (name.SequenceEqual("status"u8))
                status = ProtocolJson.Text(ref reader);
            else if (name.SequenceEqual("error"u8))
                error = ProtocolJson.Text(ref reader);
            else if (name.SequenceEqual("reason"u8))
                reason = ProtocolJson.Text(ref reader);
            else
                reader.Skip();
        }
        if (type == "x-fal-message")
            return true;
        if (type == "x-fal-error" && error == "TIMEOUT")
            return isEnd = true;
        if (type != "x-fal-error" && !(status == "error" && error is not null))
            return false;
        var isRefused = string.Equals(error, "Unauthorized", StringComparison.OrdinalIgnoreCase);
        throw new ServiceException(
            FalProtocol.ProviderName, isRefused ? HttpStatusCode.Unauthorized : HttpStatusCode.InternalServerError,
            transport.Redact(new ServiceError { Message = reason ?? error ?? "The app reports an error.", Type = error, Body = json }));
    }

    // What the app sent may have been paid for: the exception has it.
    private static TransportException Unreadable(string problem, ReadOnlyMemory<byte> content, Exception cause) =>
        new TransportResponse(HttpStatusCode.SwitchingProtocols, content).Malformed(problem, cause);
}
