using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Zoetrope.Clients;
using Zoetrope.Jobs;

namespace Zoetrope.Hosting.Tests;

/// <summary>The services of a host, whose configuration can be changed and whose log is kept.</summary>
internal sealed class TestServices : IAsyncDisposable, ILoggerProvider
{
    public const string Key = "key-id-1234567890:key-secret-abcdef";

    private readonly ServiceProvider _services;

    public TestServices(Dictionary<string, string?> settings, Action<IServiceCollection> configure, LogLevel level = LogLevel.Trace)
    {
        Configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(Configuration);
        services.AddLogging(logging => logging.SetMinimumLevel(level).AddProvider(this));
        configure(services);
        _services = services.BuildServiceProvider();
    }

    public IConfigurationRoot Configuration { get; }

    public IServiceProvider Provider => _services;

    public ConcurrentQueue<(int Id, LogLevel Level, string Text)> Log { get; } = new();

    /// <summary>The settings of a client at a server, with a key.</summary>
    public static Dictionary<string, string?> At(Uri url, string section = "Fal") => new()
    {
        [$"Zoetrope:{section}:BaseUrl"] = url.ToString(),
        [$"Zoetrope:{section}:ApiKey"] = Key,
    };

    public T Get<T>(string? name = null)
        where T : notnull => name is null ? _services.GetRequiredService<T>() : _services.GetRequiredKeyedService<T>(name);

    public void Change(string key, string? value)
    {
        Configuration[key] = value;
        Configuration.Reload();
    }

    /// <summary>Asks for the status of a job that need not exist, and ignores the response.</summary>
    public static async Task AskAsync(MediaClient client)
    {
        try
        {
            await client.Protocol.GetStatusAsync(new JobHandle(client.Provider, "some/model", "job-1"), logs: false, TestContext.Current.CancellationToken);
        }
        catch (Errors.ZoetropeException)
        {
            // Whatever the server responds with.
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    void IDisposable.Dispose()
    {
    }

    ILogger ILoggerProvider.CreateLogger(string categoryName) => new Logger(Log, categoryName);

    private sealed class Logger(ConcurrentQueue<(int Id, LogLevel Level, string Text)> log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (category.StartsWith("Zoetrope", StringComparison.Ordinal))
                log.Enqueue((eventId.Id, logLevel, $"{category}: {formatter(state, exception)} {exception}"));
        }
    }
}
