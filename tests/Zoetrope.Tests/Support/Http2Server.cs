using System.Buffers.Binary;
using System.Net.Sockets;

namespace Zoetrope.Tests;

/// <summary>
/// A server of HTTP/2 without TLS, frame by frame (RFC 9113), because the servers of libraries do not refuse streams on purpose. It reads no headers: what
/// counts is how many requests there are, and how much of them.
/// </summary>
internal sealed class Http2Server : IAsyncDisposable
{
    private const byte Data = 0, Headers = 1, ResetStream = 3, Settings = 4, Ping = 6, GoAway = 7, WindowUpdate = 8;
    private const byte EndStream = 1, Acknowledged = 1, EndHeaders = 4;

    private readonly Listener _listener;
    private readonly Func<int, Http2Response> _script;
    private readonly List<int> _bodies = [];
    private int _heads;

    /// <summary>Starts it.</summary>
    /// <param name="script">What the request of this number, from 1, receives when all of it has come.</param>
    public Http2Server(Func<int, Http2Response> script)
    {
        _script = script;
        _listener = new Listener(ServeAsync);
    }

    public Uri Url => _listener.Url;

    /// <summary>How many requests began.</summary>
    public int Heads => Volatile.Read(ref _heads);

    /// <summary>How many bytes the requests had that came to their end.</summary>
    public int[] Bodies
    {
        get
        {
            lock (_bodies)
                return [.. _bodies];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        Assert.Null(_listener.Mistake);
    }

    private async Task ServeAsync(Socket socket, CancellationToken stop)
    {
        var stream = new NetworkStream(socket);
        await stream.ReadExactlyAsync(new byte["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".Length], stop);
        await WriteAsync(stream, Settings, 0, 0, [], stop);
        await ReadFramesAsync(stream, stop);
    }

    private async Task ReadFramesAsync(NetworkStream stream, CancellationToken stop)
    {
        var sizes = new Dictionary<int, int>();
        var head = new byte[9];
        while (true)
        {
            await stream.ReadExactlyAsync(head, stop);
            var payload = new byte[(head[0] << 16) | (head[1] << 8) | head[2]];
            await stream.ReadExactlyAsync(payload, stop);
            var (type, flags, id) = (head[3], head[4], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)) & int.MaxValue);
            if (type is Settings or Ping && (flags & Acknowledged) == 0)
                await WriteAsync(stream, type, Acknowledged, 0, type == Ping ? payload : [], stop);
            if (type == Headers)
            {
                Interlocked.Increment(ref _heads);
                sizes[id] = 0;
            }
            if (type == Data && payload.Length > 0)
            {
                sizes[id] += payload.Length;
                await WriteAsync(stream, WindowUpdate, 0, 0, Number(payload.Length), stop);
                await WriteAsync(stream, WindowUpdate, 0, id, Number(payload.Length), stop);
            }
            if (type is Headers or Data && (flags & EndStream) != 0 && !await RespondAsync(stream, id, sizes[id], stop))
                return;
        }
    }

    private async Task<bool> RespondAsync(NetworkStream stream, int id, int size, CancellationToken stop)
    {
        int number;
        lock (_bodies)
        {
            _bodies.Add(size);
            number = _bodies.Count;
        }
        switch (_script(number))
        {
            case Http2Response.Refused:
                await WriteAsync(stream, ResetStream, 0, id, Number(7), stop);
                return true;
            case Http2Response.Failed:
                await WriteAsync(stream, ResetStream, 0, id, Number(2), stop);
                return true;
            case Http2Response.GoneBefore:
                await WriteAsync(stream, GoAway, 0, 0, [.. Number(Math.Max(0, id - 2)), .. Number(0)], stop);
                return false;
            case Http2Response.Unavailable:
                // :status 503 as a literal with an indexed name.
                await WriteAsync(stream, Headers, EndHeaders | EndStream, id, [0x08, 3, .. "503"u8], stop);
                return true;
            default:
                // :status 200, and content-type as a literal with an indexed name.
                await WriteAsync(stream, Headers, EndHeaders, id, [0x88, 0x0F, 0x10, 16, .. "application/json"u8], stop);
                await WriteAsync(stream, Data, EndStream, id, [.. "{}"u8], stop);
                return true;
        }
    }

    private static ValueTask WriteAsync(NetworkStream stream, byte type, byte flags, int id, byte[] payload, CancellationToken stop) => stream.WriteAsync(
        (byte[])[(byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length, type, flags, .. Number(id), .. payload], stop);

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}

/// <summary>The ways to respond to a request.</summary>
public enum Http2Response
{
    /// <summary>200 with the JSON <c>{}</c>.</summary>
    Ok,

    /// <summary>503.</summary>
    Unavailable,

    /// <summary>REFUSED_STREAM: it was not processed.</summary>
    Refused,

    /// <summary>GOAWAY with a last stream before it: it was not processed.</summary>
    GoneBefore,

    /// <summary>INTERNAL_ERROR: it may have been processed.</summary>
    Failed,
}
