using System.Globalization;
using System.Text;

namespace Zoetrope.Ledger.Tests;

/// <summary>A server of one file, which sends it as a test wants, and counts the bytes.</summary>
internal sealed class FileServer : IAsyncDisposable
{
    private readonly Listener _listener;
    private readonly List<string> _heads = [];
    private long _sent;

    public FileServer(byte[] content)
    {
        Content = content;
        _listener = new Listener(async (socket, stop) =>
        {
            var connection = new Connection(socket, stop);
            if (await connection.ReadHeadAsync() is not { } head)
                return;
            int number;
            lock (_heads)
            {
                _heads.Add(head);
                number = _heads.Count;
            }
            await (Respond?.Invoke(number, connection, head) ?? SendAsync(connection, head));
        });
    }

    public Uri Url => _listener.Url;

    /// <summary>The file.</summary>
    public byte[] Content { get; set; }

    /// <summary>The validator in the headers.</summary>
    public string? Validator { get; set; } = "ETag: \"v1\"";

    /// <summary>The pause after each part that is sent.</summary>
    public TimeSpan Pause { get; set; }

    /// <summary>Responds to a request, by its number from 1; null to send what was requested.</summary>
    public Func<int, Connection, string, Task?>? Respond { get; set; }

    /// <summary>The bytes of bodies that were sent.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    public IReadOnlyList<string> Heads
    {
        get
        {
            lock (_heads)
                return [.. _heads];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        Assert.Null(_listener.Mistake);
    }

    /// <summary>The value of a header; null where the request has none.</summary>
    public static string? HeaderOf(string head, string name) =>
        head.Split("\r\n").FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();

    /// <summary>Sends what was requested: the file, or its rest.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="head">The request.</param>
    /// <param name="atMost">The number of bytes after which the connection breaks.</param>
    public async Task SendAsync(Connection connection, string head, long atMost = long.MaxValue)
    {
        var from = 0;
        if (HeaderOf(head, "Range") is { } range && "ETag: " + HeaderOf(head, "If-Range") == Validator)
            from = int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture);
        if (from >= Content.Length)
            await SendAsync(connection, $"416 Range Not Satisfiable\r\nContent-Range: bytes */{Content.Length}", [], 0);
        else if (from > 0)
            await SendAsync(connection, $"206 Partial Content\r\nContent-Range: bytes {from}-{Content.Length - 1}/{Content.Length}", Content[from..], atMost);
        else
            await SendAsync(connection, "200 OK", Content, atMost);
    }

    /// <summary>Sends a response whose body may break off.</summary>
    public async Task SendAsync(Connection connection, string status, byte[] body, long atMost = long.MaxValue, string type = "video/mp4")
    {
        var head = new StringBuilder($"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n");
        if (Validator is not null)
            head.Append(Validator).Append("\r\n");
        await connection.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()));
        const int Part = 256 * 1024;
        for (var at = 0L; at < Math.Min(body.Length, atMost); at += Part)
        {
            var part = body[(int)at..(int)Math.Min(at + Part, Math.Min(body.Length, atMost))];
            Interlocked.Add(ref _sent, part.Length);
            await connection.WriteAsync(part);
            if (Pause > TimeSpan.Zero)
                await Task.Delay(Pause);
        }
    }
}
