using Microsoft.AspNetCore.Builder;
using Zoetrope.Simulator.Declared;
using Zoetrope.Simulator.Eachlabs;
using Zoetrope.Simulator.Endpoints;
using Zoetrope.Simulator.Fal;
using Zoetrope.Simulator.Faults;
using Zoetrope.Simulator.Files;
using Zoetrope.Simulator.Http;
using Zoetrope.Simulator.Jobs;
using Zoetrope.Simulator.Serving;
using Zoetrope.Simulator.Uploads;

namespace Zoetrope.Simulator;

/// <summary>
/// A server on this machine that plays fal.ai, Eachlabs and every declared provider over real HTTP, from the same documents that the SDK is generated from.
/// It rejects what the documents do not allow, runs jobs through their states, serves the files of results, posts webhooks,
/// and fails on demand.
/// </summary>
/// <remarks>
/// Below <see cref="BaseUrl"/>: fal's queue at <c>/{endpoint id}</c>, fal's direct runs at <c>/run/{endpoint id}</c>, Eachlabs at <c>/v1/…</c>,
/// each declared provider below its name, such as <c>/runway</c>, files at <c>/files/…</c>, uploads where each provider has them (fal's CDN at
/// <c>/files/upload</c>, signed addresses at <c>/files/uploads/…</c>), the documents of models where fal and Eachlabs have them (such as
/// <c>/models/{endpoint id}/llms.txt</c>), and the simulator's own requests at <c>/_simulator/…</c>
/// (<c>GET counts</c>, <c>GET requests</c>, <c>GET endpoints</c>, <c>POST faults</c>, <c>DELETE faults</c>). Any key is good except <c>bad-key</c>.
/// </remarks>
public sealed class MediaSimulator : IAsyncDisposable
{
    /// <summary>How long the last responses may take when the simulator stops; normally none, because waiting requests are canceled.</summary>
    private static readonly TimeSpan ShutdownTime = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping;
    private readonly RequestLog _log;
    private readonly FaultQueue _faults;
    private readonly WebhookSender _webhooks;
    private readonly WebApplication _server;
    private int _disposed;

    private MediaSimulator(
        CancellationTokenSource stopping, RequestLog log, FaultQueue faults, WebhookSender webhooks, WebApplication server,
        IReadOnlyList<string> declared)
    {
        _stopping = stopping;
        _log = log;
        _faults = faults;
        _webhooks = webhooks;
        _server = server;
        BaseUrl = new(LocalServer.Address(server));
        DeclaredProviders = declared;
    }

    /// <summary>Where the simulator is reached, such as <c>http://127.0.0.1:49152</c>.</summary>
    public Uri BaseUrl { get; }

    /// <summary>The names of the declared providers that it plays, such as <c>runway</c>, each below its name at <see cref="BaseUrl"/>.</summary>
    public IReadOnlyList<string> DeclaredProviders { get; }

    /// <summary>The requests so far, oldest first, without those to the simulator itself.</summary>
    public IReadOnlyList<RecordedRequest> Requests => _log.Requests();

    /// <summary>How many requests of each kind have come in.</summary>
    public SimulatorCounts Counts => _log.Counts(null);

    /// <summary>The number of submits so far, including rejected ones.</summary>
    public int Submits => Counts.Submits;

    /// <summary>Starts a simulator.</summary>
    /// <param name="options">How it behaves; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="InvalidDataException">A JSON document or a declaration cannot be used; the message names it.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder of the documents does not exist.</exception>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<MediaSimulator> StartAsync(SimulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        var providers = new List<DeclaredProvider>();
        var documented = new List<SimulatedEndpoint>();
        // What is read later replaces what was read before.
        foreach (var documents in SpecFiles.Sets(options).Select(set => set.ToList()))
        {
            var declared = DeclaredProvider.Load(documents, options.Log, cancellationToken);
            providers.RemoveAll(known => declared.Exists(provider => provider.Protocol.Provider == known.Protocol.Provider));
            providers.AddRange(declared);
            documented.AddRange(await EndpointStore.LoadAsync(DeclaredProvider.Others(documents), options.Log, cancellationToken));
        }
        var endpoints = new EndpointStore(documented, options);
        var stopping = new CancellationTokenSource();
        var secrets = providers.Select(provider => provider.Protocol.AuthHeader).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var log = new RequestLog(options.MaxRecordedRequests, options.TimeProvider, secrets);
        var faults = new FaultQueue();
        var files = new FileStore();
        var uploads = new UploadStore();
        var jobs = new JobStore(options, files, log);
        var webhooks = new WebhookSender(options, stopping.Token);
        var fal = new FalService(endpoints, jobs, webhooks, options);
        var realtime = new FalRealtime(fal, jobs, options);
        var matcher = new CallMatcher(
            new(uploads, jobs, options.TimeProvider), files, new(options),
            providers.ConvertAll(provider => new DeclaredRoutes(provider, jobs, files, uploads, webhooks, options)),
            new(
                new EachlabsService(endpoints, jobs, webhooks, options), new EachlabsHistory(endpoints, jobs, webhooks, options), new EachlabsRouter(options),
                new EachlabsWorkflows(jobs, webhooks, options)),
            new(fal, new FalStreams(fal, options)), realtime, jobs);
        var handler = new RequestHandler(
            options, new(log, faults, endpoints, providers), matcher, realtime, log, faults, stopping.Token);
        try
        {
            var server = await LocalServer.StartAsync(options.Port, options.MaxRequestBytes, handler.HandleAsync, cancellationToken);
            return new(stopping, log, faults, webhooks, server, providers.ConvertAll(provider => provider.Protocol.Provider));
        }
        catch
        {
            await webhooks.DisposeAsync();
            stopping.Dispose();
            throw;
        }
    }

    /// <summary>Counts the requests to one provider.</summary>
    /// <param name="provider"><c>fal</c>, <c>eachlabs</c>, or the name of a declared provider.</param>
    public SimulatorCounts CountsOf(string provider) => _log.Counts(provider);

    /// <summary>Makes the next matching requests fail. Faults are used in the order in which they were added.</summary>
    /// <param name="fault">What goes wrong, and for which requests.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fault's times, delay or status code make no sense.</exception>
    public void AddFault(SimulatorFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        _faults.Add(fault);
    }

    /// <summary>Forgets the faults that have not been used yet.</summary>
    public void ClearFaults() => _faults.Clear();

    /// <summary>Stops the server at once: open connections are closed, hung requests end and webhooks are not sent again.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await _stopping.CancelAsync();
        using (var patience = new CancellationTokenSource(ShutdownTime))
            await _server.StopAsync(patience.Token);
        await _server.DisposeAsync();
        await _webhooks.DisposeAsync();
        _stopping.Dispose();
    }
}
