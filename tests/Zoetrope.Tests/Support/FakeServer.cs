using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Zoetrope.Tests;

/// <summary>A server on a raw socket that answers each request as the test says, also wrongly or not at all.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Exchange, Task>[] _script;
    private readonly List<string> _requests = [];
    private readonly List<Task> _connections = [];
    private readonly Task _accepting;
    private int _strayBytes;

    /// <summary>Starts it; the last step of the script answers all further requests.</summary>
    public FakeServer(params Func<Exchange, Task>[] script)
    {
        _script = script;
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAsync();
    }

    public Uri Url { get; }

    /// <summary>The requests with their headers and bodies.</summary>
    public string[] Requests
    {
        get
        {
            lock (_requests)
                return [.. _requests];
        }
    }

    /// <summary>How many bytes came of requests that did not come to their end.</summary>
    public int StrayBytes => Volatile.Read(ref _strayBytes);

    /// <summary>An address where nothing listens.</summary>
    public static Uri Nowhere()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }

    public static Func<Exchange, Task> Reply(int status, string body, params string[] headers) => exchange => exchange.ReplyAsync(status, body, headers);

    public static Func<Exchange, Task> Raw(string text) => async exchange =>
    {
        await exchange.WriteAsync(text);
        exchange.Close();
    };

    public static Task Reset(Exchange exchange)
    {
        exchange.Reset();
        return Task.CompletedTask;
    }

    /// <summary>Reads the request and never answers.</summary>
    public static Task Hang(Exchange exchange) => exchange.HangAsync();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_connections);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                _connections.Add(Task.Run(() => ServeAsync(socket)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var _ = socket;
        socket.NoDelay = true;
        var exchange = new Exchange(socket, _stop.Token);
        try
        {
            while (await exchange.ReadRequestAsync() is { } request)
            {
                Func<Exchange, Task> step;
                lock (_requests)
                {
                    step = _script[Math.Min(_requests.Count, _script.Length - 1)];
                    _requests.Add(request);
                }
                exchange.Request = request;
                await step(exchange);
                if (exchange.IsClosed)
                    return;
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The client has gone, which some tests are about.
        }
        finally
        {
            Interlocked.Add(ref _strayBytes, exchange.Unfinished);
        }
    }

    internal sealed class Exchange(Socket socket, CancellationToken stop)
    {
        private readonly NetworkStream _stream = new(socket);

        public bool IsClosed { get; private set; }

        /// <summary>How many bytes came of a request that did not come to its end.</summary>
        public int Unfinished { get; private set; }

        /// <summary>The request that is being answered.</summary>
        public string Request { get; set; } = "";

        public async Task<string?> ReadRequestAsync()
        {
            var bytes = new List<byte>();
            var buffer = new byte[1];
            while (!EndsHeaders(bytes))
            {
                if (await _stream.ReadAsync(buffer, stop) == 0)
                    return null;
                bytes.Add(buffer[0]);
                Unfinished = bytes.Count;
            }
            var text = Encoding.Latin1.GetString([.. bytes]);
            var length = 0;
            foreach (var line in text.Split("\r\n"))
            {
                if (line.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase))
                    length = int.Parse(line["Content-Length: ".Length..]);
            }
            if (text.Contains("\r\nTransfer-Encoding: chunked\r\n", StringComparison.OrdinalIgnoreCase))
                return Finished(text + Encoding.UTF8.GetString(await ReadChunksAsync()));
            var body = new byte[length];
            await _stream.ReadExactlyAsync(body, stop);
            return Finished(text + Encoding.UTF8.GetString(body));
        }

        private string Finished(string request)
        {
            Unfinished = 0;
            return request;
        }

        private async Task<byte[]> ReadChunksAsync()
        {
            var body = new List<byte>();
            while (true)
            {
                var chunk = new byte[Convert.ToInt32(await ReadLineAsync(), 16)];
                await _stream.ReadExactlyAsync(chunk, stop);
                body.AddRange(chunk);
                await ReadLineAsync();
                if (chunk.Length == 0)
                    return [.. body];
            }
        }

        private async Task<string> ReadLineAsync()
        {
            var line = new StringBuilder();
            var buffer = new byte[1];
            while (line.Length < 2 || line[^1] != '\n')
            {
                await _stream.ReadExactlyAsync(buffer, stop);
                line.Append((char)buffer[0]);
            }
            return line.ToString().TrimEnd();
        }

        public async Task ReplyAsync(int status, string body, params string[] headers)
        {
            var bytes = Encoding.UTF8.GetBytes(body);
            var head = new StringBuilder($"HTTP/1.1 {status} Status\r\nContent-Length: {bytes.Length}\r\n");
            if (!headers.Any(header => header.StartsWith("Content-Type", StringComparison.OrdinalIgnoreCase)))
                head.Append("Content-Type: application/json\r\n");
            foreach (var header in headers)
                head.Append(header).Append("\r\n");
            await WriteAsync(head.Append("\r\n").ToString());
            await _stream.WriteAsync(bytes, stop);
        }

        public Task WriteAsync(string text) => WriteAsync(Encoding.UTF8.GetBytes(text));

        public Task WriteAsync(byte[] bytes) => _stream.WriteAsync(bytes, stop).AsTask();

        /// <summary>Waits until the client has closed its side.</summary>
        public async Task ClosedByClientAsync()
        {
            try
            {
                while (await _stream.ReadAsync(new byte[1], stop) > 0)
                {
                }
            }
            catch (IOException)
            {
                // Closed by a reset.
            }
        }

        public Task HangAsync() => Task.Delay(Timeout.Infinite, stop);

        public void Close()
        {
            IsClosed = true;
            socket.Shutdown(SocketShutdown.Both);
        }

        public void Reset()
        {
            IsClosed = true;
            socket.LingerState = new LingerOption(true, 0);
            socket.Close();
        }

        private static bool EndsHeaders(List<byte> bytes) =>
            bytes.Count >= 4 && bytes[^4] == '\r' && bytes[^3] == '\n' && bytes[^2] == '\r' && bytes[^1] == '\n';
    }
}
