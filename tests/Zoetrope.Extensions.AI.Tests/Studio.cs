using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Zoetrope.BlackForestLabs;
using Zoetrope.Extensions.AI.Jobs;
using Zoetrope.Fal;
using Zoetrope.Higgsfield;
using Zoetrope.Jobs;
using Zoetrope.Luma;
using Zoetrope.Replicate;
using Zoetrope.Runway;
using Zoetrope.Simulator;
using Zoetrope.Together;
using Zoetrope.WaveSpeed;

namespace Zoetrope.Extensions.AI.Tests;

/// <summary>A simulator whose jobs end at once, and clients of it.</summary>
internal sealed class Studio : IAsyncDisposable, ILoggerFactory
{
    private readonly List<IDisposable> _clients = [];

    private Studio(MediaSimulator simulator) => Simulator = simulator;

    public MediaSimulator Simulator { get; }

    /// <summary>The log, as a line for each message.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    /// <summary>Whether the loggers throw.</summary>
    public bool LoggersThrow { get; set; }

    public FalClient Fal => Keep(new FalClient(new() { BaseUrl = Simulator.BaseUrl, ApiKey = "any", SubmitAttempts = 1 }));

    public WaveSpeedClient WaveSpeed => Keep(new WaveSpeedClient(new() { BaseUrl = At("wavespeed"), ApiKey = "any" }));

    public ReplicateClient Replicate => Keep(new ReplicateClient(new() { BaseUrl = At("replicate"), ApiKey = "any" }));

    public RunwayClient Runway => Keep(new RunwayClient(new() { BaseUrl = At("runway"), ApiKey = "any" }));

    public LumaClient Luma => Keep(new LumaClient(new() { BaseUrl = At("luma"), ApiKey = "any" }));

    public TogetherClient Together => Keep(new TogetherClient(new() { BaseUrl = At("together"), ApiKey = "any" }));

    public BlackForestLabsClient BlackForestLabs => Keep(new BlackForestLabsClient(new() { BaseUrl = At("bfl"), ApiKey = "any" }));

    public HiggsfieldClient Higgsfield => Keep(new HiggsfieldClient(new() { BaseUrl = At("higgsfield"), ApiKey = "any:any" }));

    /// <summary>The inputs that were submitted, in the order of their arrival.</summary>
    public List<JsonNode> Inputs => [.. Submits.Select(static submit => JsonNode.Parse(submit.Body)!)];

    public IEnumerable<RecordedRequest> Submits => Simulator.Requests.Where(static request => request.Operation == SimulatorOperation.Submit);

    public static async Task<Studio> OpenAsync(TimeSpan? jobDuration = null, string? specs = null, TimeProvider? clock = null) =>
        new(await MediaSimulator.StartAsync(new()
        {
            QueueTime = TimeSpan.Zero,
            JobDuration = jobDuration ?? TimeSpan.Zero,
            SpecsFolder = specs,
            TimeProvider = clock ?? TimeProvider.System,
        }));

    /// <summary>Settings of generators that poll often.</summary>
    public GenerationSettings Settings(Func<SubmitOptions>? submit = null, int? jobsAtOnce = null) => new()
    {
        SubmitOptions = submit,
        WaitOptions = new() { PollInterval = TimeSpan.FromMilliseconds(5) },
        MaxConcurrentJobs = jobsAtOnce ?? 8,
        LoggerFactory = this,
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        await Simulator.DisposeAsync();
    }

    ILogger ILoggerFactory.CreateLogger(string categoryName) => new Logger(this, categoryName);

    void ILoggerFactory.AddProvider(ILoggerProvider provider)
    {
    }

    void IDisposable.Dispose()
    {
    }

    private Uri At(string provider) => new(Simulator.BaseUrl, provider);

    private T Keep<T>(T client)
        where T : IDisposable
    {
        _clients.Add(client);
        return client;
    }

    private sealed class Logger(Studio studio, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (studio.LoggersThrow)
                throw new IOException("The log is full.");
            studio.Log.Enqueue($"{category} {logLevel} {formatter(state, exception)}");
        }
    }
}
