using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Zoetrope.AspNetCore.Tests;

/// <summary>An app on a socket of its own, whose log is kept.</summary>
internal sealed class TestApp : IAsyncDisposable, ILoggerProvider
{
    private readonly ConcurrentQueue<string> _log = new();
    private readonly WebApplication _app;

    private TestApp(Action<WebApplicationBuilder>? configure, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(this);
        configure?.Invoke(builder);
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        map(_app);
    }

    public Uri Url => new(_app.Urls.Single());

    public HttpClient Client { get; } = new();

    /// <summary>What the endpoints have logged, with exceptions.</summary>
    public string Log => string.Join('\n', _log);

    public static async Task<TestApp> StartAsync(Action<WebApplication> map, Action<WebApplicationBuilder>? configure = null)
    {
        var app = new TestApp(configure, map);
        await app._app.StartAsync(TestContext.Current.CancellationToken);
        app.Client.BaseAddress = app.Url;
        return app;
    }

    /// <summary>Sends a request, and returns the status of its response.</summary>
    public async Task<HttpStatusCode> SendAsync(HttpRequestMessage request)
    {
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    /// <summary>Sends what is not a whole request, and closes that side; returns the first line that comes back, if any.</summary>
    public async Task<string> SendBrokenAsync(string text)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, Url.Port, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes(text), TestContext.Current.CancellationToken);
        using var response = new StreamReader(new NetworkStream(socket));
        var line = response.ReadLineAsync(TestContext.Current.CancellationToken).AsTask();
        if (await Task.WhenAny(line, Task.Delay(200, TestContext.Current.CancellationToken)) != line)
            socket.Shutdown(SocketShutdown.Send);
        try
        {
            return await line ?? "";
        }
        catch (IOException)
        {
            return "";
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    public void Dispose()
    {
    }

    public ILogger CreateLogger(string categoryName) => new Logger(_log, categoryName);

    private sealed class Logger(ConcurrentQueue<string> log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => category.StartsWith("Zoetrope", StringComparison.Ordinal);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                log.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");
        }
    }
}
