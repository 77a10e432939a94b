using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Zoetrope.TestKit;

/// <summary>One HTTP/1.1 connection, at either end: reads messages, and sends whatever a test wants.</summary>
public sealed class Connection(Socket socket, CancellationToken stop)
{
    private const int MostKept = 4 * 1024 * 1024;

    private readonly NetworkStream _stream = new(socket);
    private readonly byte[] _buffer = new byte[16 * 1024];
    private MemoryStream? _sent;
    private int _start;
    private int _end;

    public bool IsClosed { get; private set; }

    /// <summary>Notes what is sent from now on, before it is sent, up to a few megabytes.</summary>
    public MemoryStream Record() => _sent = new MemoryStream();

    /// <summary>How many bytes came of a message that is not at its end.</summary>
    public int Unfinished { get; private set; }

    /// <summary>Reads the first line and the headers of the next message, with the empty line; null when the other side has gone.</summary>
    public async Task<string?> ReadHeadAsync()
    {
        Unfinished = 0;
        var text = new StringBuilder();
        while (text.Length < 4 || text.ToString(text.Length - 4, 4) != "\r\n\r\n")
        {
            if (await ReadLineAsync() is not { } line)
                return null;
            text.Append(line);
        }
        return text.ToString();
    }

    /// <summary>Reads the body that a head announces, without its chunks.</summary>
    public async Task<byte[]> ReadBodyAsync(string head)
    {
        var body = IsChunked(head) ? await ReadChunksAsync()
            : HeaderOf(head, "Content-Length") is { } length ? await ReadExactlyAsync(int.Parse(length, CultureInfo.InvariantCulture))
            : [];
        Unfinished = 0;
        return body;
    }

    /// <summary>Reads the head of the next request; null when the client has gone.</summary>
    public async Task<ReceivedRequest?> ReadRequestHeadAsync()
    {
        if (await ReadHeadAsync() is not { } head)
            return null;
        var parts = head[..head.IndexOf('\r', StringComparison.Ordinal)].Split(' ');
        return new ReceivedRequest(parts[0], parts.Length > 1 ? parts[1] : "", head);
    }

    /// <summary>Reads the body of a request.</summary>
    public async Task ReadBodyAsync(ReceivedRequest request)
    {
        request.Body = await ReadBodyAsync(request.Head);
        request.IsWhole = true;
    }

    /// <summary>Sends a message on as it was read, in one chunk when it had chunks.</summary>
    public Task ForwardAsync(string head, byte[] body)
    {
        var message = Encoding.Latin1.GetBytes(head);
        if (!IsChunked(head))
            return WriteAsync([.. message, .. body]);
        if (body.Length == 0)
            return WriteAsync([.. message, .. "0\r\n\r\n"u8]);
        return WriteAsync([.. message, .. Encoding.ASCII.GetBytes($"{body.Length:x}\r\n"), .. body, .. "\r\n0\r\n\r\n"u8]);
    }

    public Task SendAsync(CannedResponse response, string? framing = null) => WriteAsync([.. response.Head(framing), .. response.Body]);

    public async Task WriteAsync(byte[] bytes)
    {
        if (_sent is { } sent)
        {
            lock (sent)
            {
                if (sent.Length + bytes.Length <= MostKept)
                    sent.Write(bytes);
            }
        }
        await _stream.WriteAsync(bytes, stop);
    }

    public Task WriteAsync(string text) => WriteAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Sends piece by piece, for as long as the other side listens.</summary>
    public async Task DripAsync(byte[] bytes, int size, TimeSpan pause)
    {
        for (var at = 0; at < bytes.Length; at += size)
        {
            await WriteAsync(bytes[at..Math.Min(at + size, bytes.Length)]);
            await Task.Delay(pause, stop);
        }
    }

    /// <summary>Sends nothing more, until the other side closes.</summary>
    public async Task StallAsync()
    {
        IsClosed = true;
        try
        {
            while (await _stream.ReadAsync(_buffer, stop) > 0)
            {
            }
        }
        catch (IOException)
        {
            // Closed by a reset.
        }
    }

    /// <summary>Ends the connection in order (FIN). What the other side still sends is read, or the kernel would reset instead.</summary>
    public async Task CloseAsync()
    {
        socket.Shutdown(SocketShutdown.Send);
        await StallAsync();
    }

    /// <summary>Ends the connection with what arrived left unread.</summary>
    public void Drop()
    {
        IsClosed = true;
        socket.Shutdown(SocketShutdown.Both);
        socket.Close();
    }

    /// <summary>Ends the connection hard (RST).</summary>
    public void Reset()
    {
        IsClosed = true;
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    public static string? HeaderOf(string head, string name)
    {
        var at = head.IndexOf($"\r\n{name}:", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return null;
        at += name.Length + 3;
        return head[at..head.IndexOf('\r', at)].Trim();
    }

    private static bool IsChunked(string head) => HeaderOf(head, "Transfer-Encoding") is not null;

    private async Task<byte[]> ReadChunksAsync()
    {
        var body = new MemoryStream();
        while (true)
        {
            var length = int.Parse((await RequireLineAsync()).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            body.Write(await ReadExactlyAsync(length));
            await RequireLineAsync();
            if (length == 0)
                return body.ToArray();
        }
    }

    private async Task<string> RequireLineAsync() => await ReadLineAsync() ?? throw new IOException("The other side closed in the middle of a message.");

    private async Task<string?> ReadLineAsync()
    {
        var line = new StringBuilder();
        while (true)
        {
            if (_start == _end && !await FillAsync())
                return null;
            var unit = (char)_buffer[_start++];
            line.Append(unit);
            Unfinished++;
            if (unit == '\n')
                return line.ToString();
        }
    }

    private async Task<byte[]> ReadExactlyAsync(int length)
    {
        var bytes = new byte[length];
        for (var read = 0; read < length;)
        {
            if (_start == _end && !await FillAsync())
                throw new IOException("The other side closed in the middle of a message.");
            var count = Math.Min(length - read, _end - _start);
            _buffer.AsSpan(_start, count).CopyTo(bytes.AsSpan(read));
            _start += count;
            read += count;
            Unfinished += count;
        }
        return bytes;
    }

    private async Task<bool> FillAsync()
    {
        _start = 0;
        _end = await _stream.ReadAsync(_buffer, stop);
        return _end > 0;
    }
}
