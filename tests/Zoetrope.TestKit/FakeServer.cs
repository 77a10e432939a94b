using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Zoetrope.TestKit;

/// <summary>A server on a raw socket that responds to each request as the test says, also wrongly or not at all.</summary>
public sealed class FakeServer : IAsyncDisposable
{
    private readonly Func<Exchange, Task>[] _script;
    private readonly List<string> _requests = [];
    private readonly Listener _listener;
    private int _strayBytes;

    /// <summary>Starts it; the last step of the script responds to all further requests.</summary>
    public FakeServer(params Func<Exchange, Task>[] script)
    {
        _script = script;
        _listener = new Listener(ServeAsync);
    }

    public Uri Url => _listener.Url;

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

    /// <summary>Reads the request and never responds.</summary>
    public static Task Hang(Exchange exchange) => exchange.HangAsync();

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        if (_listener.Mistake is { } mistake)
            throw new InvalidOperationException("The script of the server failed.", mistake);
    }

    private async Task ServeAsync(Socket socket, CancellationToken stop)
    {
        var connection = new Connection(socket, stop);
        try
        {
            while (!connection.IsClosed && await connection.ReadHeadAsync() is { } head)
            {
                var exchange = new Exchange(connection, head + Encoding.UTF8.GetString(await connection.ReadBodyAsync(head)));
                await NextStep(exchange.Request)(exchange);
            }
        }
        finally
        {
            Interlocked.Add(ref _strayBytes, connection.Unfinished);
        }
    }

    private Func<Exchange, Task> NextStep(string request)
    {
        lock (_requests)
        {
            _requests.Add(request);
            return _script[Math.Min(_requests.Count, _script.Length) - 1];
        }
    }

    /// <summary>A request, and the connection on which it came.</summary>
    public sealed class Exchange
    {
        private readonly Connection _connection;

        internal Exchange(Connection connection, string request)
        {
            _connection = connection;
            Request = request;
        }

        /// <summary>The request that is responded to, with its headers and its body.</summary>
        public string Request { get; }

        public async Task ReplyAsync(int status, string body, params string[] headers)
        {
            var bytes = Encoding.UTF8.GetBytes(body);
            var head = new StringBuilder($"HTTP/1.1 {status} Status\r\nContent-Length: {bytes.Length}\r\n");
            if (!headers.Any(header => header.StartsWith("Content-Type", StringComparison.OrdinalIgnoreCase)))
                head.Append("Content-Type: application/json\r\n");
            foreach (var header in headers)
                head.Append(header).Append("\r\n");
            await WriteAsync(head.Append("\r\n").ToString());
            await WriteAsync(bytes);
        }

        public Task WriteAsync(string text) => WriteAsync(Encoding.UTF8.GetBytes(text));

        public Task WriteAsync(byte[] bytes) => _connection.WriteAsync(bytes);

        /// <summary>Sends nothing more, and waits until the client has closed its side.</summary>
        public Task HangAsync() => _connection.StallAsync();

        public void Close() => _connection.Drop();

        public void Reset() => _connection.Reset();
    }
}
