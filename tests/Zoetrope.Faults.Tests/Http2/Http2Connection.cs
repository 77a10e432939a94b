using System.Buffers.Binary;
using System.Net.Sockets;

namespace Zoetrope.Faults.Tests;

/// <summary>One connection of HTTP/2 without TLS, on a raw socket: frames in, frames out.</summary>
internal sealed class Http2Connection(Socket socket, CancellationToken stop)
{
    public const byte Data = 0, Headers = 1, ResetStream = 3, Settings = 4, PushPromise = 5, Ping = 6, GoAway = 7, WindowUpdate = 8, Continuation = 9;
    public const byte EndStream = 1, EndHeaders = 4, Padded = 8;

    private const string Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private readonly NetworkStream _stream = new(socket);
    private readonly Dictionary<int, (ReceivedRequest Request, MemoryStream Body)> _open = [];

    public bool IsClosed { get; private set; }

    /// <summary>Reads the client's preface and sends the server's settings, with windows that no upload of the tests fills.</summary>
    public async Task StartAsync()
    {
        await _stream.ReadExactlyAsync(new byte[Preface.Length], stop);
        await WriteAsync(Settings, 0, 0, [0, 4, 0x00, 0x40, 0x00, 0x00]);
        await WriteAsync(WindowUpdate, 0, 0, [0x00, 0x40, 0x00, 0x00]);
    }

    /// <summary>Reads frames until a request begins or ends, and responds to those of the protocol; null when the client has gone.</summary>
    public async Task<(int Stream, ReceivedRequest Request, bool IsWhole)?> NextAsync()
    {
        var head = new byte[9];
        while (true)
        {
            if (await _stream.ReadAtLeastAsync(head, 9, throwOnEndOfStream: false, stop) < 9)
                return null;
            var payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
            await _stream.ReadExactlyAsync(payload, stop);
            var (type, flags, stream) = (head[3], head[4], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)) & int.MaxValue);
            switch (type)
            {
                case Settings when (flags & 1) == 0:
                    await WriteAsync(Settings, 1, 0, []);
                    break;
                case Ping when (flags & 1) == 0:
                    await WriteAsync(Ping, 1, 0, payload);
                    break;
                case Headers when !_open.ContainsKey(stream):
                    _open[stream] = (Read(payload), new MemoryStream());
                    return (stream, _open[stream].Request, End(stream, flags));
                case Data when _open.TryGetValue(stream, out var open):
                    open.Body.Write(payload);
                    if (End(stream, flags))
                        return (stream, open.Request, true);
                    break;
            }
        }
    }

    /// <summary>Sends a response.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="response">The response.</param>
    /// <param name="size">How many bytes a frame of the body has at most.</param>
    public async Task RespondAsync(int stream, CannedResponse response, int size = 16384)
    {
        await HeadAsync(stream, response, isEnd: response.Body.Length == 0);
        for (var at = 0; at < response.Body.Length; at += size)
        {
            var end = Math.Min(at + size, response.Body.Length);
            await WriteAsync(Data, end == response.Body.Length ? EndStream : (byte)0, stream, response.Body[at..end]);
        }
    }

    public Task HeadAsync(int stream, CannedResponse response, bool isEnd = false) =>
        WriteAsync(Headers, isEnd ? (byte)(EndHeaders | EndStream) : EndHeaders, stream, Hpack.Encode(Fields(response)));

    public static IEnumerable<(string Name, string Value)> Fields(CannedResponse response)
    {
        yield return (":status", response.Status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (response.HasContentType)
            yield return ("content-type", response.ContentType);
        foreach (var header in response.Headers)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            yield return (header[..colon].ToLowerInvariant(), header[(colon + 1)..].Trim());
        }
    }

    public Task WriteAsync(byte type, byte flags, int stream, byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        frame[0] = (byte)(payload.Length >> 16);
        frame[1] = (byte)(payload.Length >> 8);
        frame[2] = (byte)payload.Length;
        frame[3] = type;
        frame[4] = flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, 9);
        return WriteAsync(frame);
    }

    public Task WriteAsync(byte[] bytes) => _stream.WriteAsync(bytes, stop).AsTask();

    public Task ResetStreamAsync(int stream, int error) => WriteAsync(ResetStream, 0, stream, Number(error));

    public Task GoAwayAsync(int lastStream, int error) => WriteAsync(GoAway, 0, 0, [.. Number(lastStream), .. Number(error)]);

    /// <summary>Says nothing more, until the client closes.</summary>
    public async Task StallAsync()
    {
        IsClosed = true;
        var buffer = new byte[16384];
        try
        {
            while (await _stream.ReadAsync(buffer, stop) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Closed by a reset.
        }
    }

    public async Task CloseAsync()
    {
        socket.Shutdown(SocketShutdown.Send);
        await StallAsync();
    }

    public void Reset()
    {
        IsClosed = true;
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static ReceivedRequest Read(byte[] block)
    {
        var headers = Hpack.Decode(block);
        return new ReceivedRequest(
            headers.Find(header => header.Name == ":method").Value,
            headers.Find(header => header.Name == ":path").Value,
            string.Concat(headers.Select(header => $"{header.Name}: {header.Value}\r\n")) + "\r\n");
    }

    private bool End(int stream, byte flags)
    {
        if ((flags & EndStream) == 0)
            return false;
        var (request, body) = _open[stream];
        request.Body = body.ToArray();
        request.IsWhole = true;
        return true;
    }
}
