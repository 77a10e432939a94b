using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Zoetrope.Faults.Tests;

/// <summary>One connection at a server: reads requests, and sends whatever it is told to.</summary>
internal sealed class Connection(Socket socket, CancellationToken stop)
{
    private const int MostKept = 4 * 1024 * 1024;

    private readonly NetworkStream _stream = new(socket);
    private readonly byte[] _buffer = new byte[16 * 1024];
    private MemoryStream _sent = new();
    private int _start;
    private int _end;

    public bool IsClosed { get; private set; }

    /// <summary>Notes from now on what is sent, up to a few megabytes, and before it is.</summary>
    public MemoryStream Record() => _sent = new MemoryStream();

    /// <summary>Reads the head of the next request; null when the client has gone.</summary>
    public async Task<ReceivedRequest?> ReadHeadAsync()
    {
        var text = new StringBuilder();
        while (!text.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await ReadLineAsync() is not { } line)
                return null;
            text.Append(line);
        }
        var head = text.ToString();
        var parts = head[..head.IndexOf('\r', StringComparison.Ordinal)].Split(' ');
        return new ReceivedRequest(parts[0], parts.Length > 1 ? parts[1] : "", head);
    }

    /// <summary>Reads the body of a request.</summary>
    public async Task ReadBodyAsync(ReceivedRequest request)
    {
        if (HeaderOf(request.Head, "Transfer-Encoding") is not null)
        {
            var body = new MemoryStream();
            while (true)
            {
                var length = int.Parse((await RequireLineAsync()).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                body.Write(await ReadExactlyAsync(length));
                await RequireLineAsync();
                if (length == 0)
                    break;
            }
            request.Body = body.ToArray();
        }
        else if (HeaderOf(request.Head, "Content-Length") is { } length)
        {
            request.Body = await ReadExactlyAsync(int.Parse(length, CultureInfo.InvariantCulture));
        }
        request.IsWhole = true;
    }

    public Task SendAsync(Answer answer, string? framing = null) => WriteAsync([.. answer.Head(framing), .. answer.Body]);

    public async Task WriteAsync(byte[] bytes)
    {
        lock (_sent)
        {
            if (_sent.Length + bytes.Length <= MostKept)
                _sent.Write(bytes);
        }
        await _stream.WriteAsync(bytes, stop);
    }

    public Task WriteAsync(string text) => WriteAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Sends piece by piece, for as long as the client listens.</summary>
    public async Task DripAsync(byte[] bytes, int size, TimeSpan pause)
    {
        for (var at = 0; at < bytes.Length; at += size)
        {
            await WriteAsync(bytes[at..Math.Min(at + size, bytes.Length)]);
            await Task.Delay(pause, stop);
        }
    }

    /// <summary>Says nothing more, until the client closes.</summary>
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

    /// <summary>Ends the connection in order (FIN). What the client still sends is read, or the kernel would reset instead.</summary>
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

    private async Task<string> RequireLineAsync() => await ReadLineAsync() ?? throw new IOException("The client closed in the middle of a request.");

    private async Task<string?> ReadLineAsync()
    {
        var line = new StringBuilder();
        while (true)
        {
            if (_start == _end && !await FillAsync())
                return null;
            var unit = (char)_buffer[_start++];
            line.Append(unit);
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
                throw new IOException("The client closed in the middle of a request.");
            var count = Math.Min(length - read, _end - _start);
            _buffer.AsSpan(_start, count).CopyTo(bytes.AsSpan(read));
            _start += count;
            read += count;
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
