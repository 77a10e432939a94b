using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Zoetrope.Fal.Models;
using Zoetrope.Fal.Webhooks;
using Zoetrope.Simulator;

namespace Zoetrope.Ledger.Kills;

/// <summary>
/// The simulator as a provider that takes its time, loses requests and responses, and posts webhooks that come late, twice or never; and the receiver of these.
/// </summary>
public sealed class HarshProvider : IAsyncDisposable
{
    private static readonly TimeSpan SubmitTime = TimeSpan.FromMilliseconds(60);

    private readonly MediaSimulator _simulator;
    private readonly FalWebhookReceiver _receiver;
    private readonly WebApplication _hooks;
    private readonly Random _random;
    private KilledQueue? _queue;

    private HarshProvider(MediaSimulator simulator, WebApplication hooks, int seed)
    {
        _simulator = simulator;
        _hooks = hooks;
        _random = new Random(seed);
        _receiver = new FalWebhookReceiver(new() { KeysUrl = new Uri(simulator.BaseUrl, "/.well-known/jwks.json"), UserIds = ["simulator"] });
    }

    /// <summary>Where fal is played.</summary>
    public Uri BaseUrl => _simulator.BaseUrl;

    /// <summary>Where webhooks are received.</summary>
    public Uri WebhookUrl => new(_hooks.Urls.First().TrimEnd('/') + "/hooks");

    /// <summary>The number of submits that have come in, lost ones included.</summary>
    public int Submits => _simulator.Submits;

    /// <summary>The number of requests about jobs that have come in, lost ones included.</summary>
    public int Requests => _simulator.Counts is var counts ? counts.Submits + counts.Statuses + counts.Results : 0;

    /// <summary>The number of webhooks that were passed on, repeated ones included.</summary>
    public int Webhooks { get; private set; }

    /// <summary>Starts it.</summary>
    /// <param name="seed">Which requests are lost.</param>
    /// <param name="jobDuration">How long a job takes.</param>
    /// <param name="ct">A token to stop the start.</param>
    public static async Task<HarshProvider> StartAsync(int seed, TimeSpan jobDuration, CancellationToken ct)
    {
        var simulator = await MediaSimulator.StartAsync(
            new() { JobDuration = jobDuration, QueueTime = TimeSpan.Zero, WebhookRetryDelay = TimeSpan.FromMilliseconds(50) }, ct);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var hooks = builder.Build();
        var provider = new HarshProvider(simulator, hooks, seed);
        hooks.Run(provider.ReceiveAsync);
        await hooks.StartAsync(ct);
        provider.Disturb();
        return provider;
    }

    /// <summary>Passes webhooks to a queue.</summary>
    public void PostTo(KilledQueue queue) => _queue = queue;

    /// <summary>Chooses which of the next requests are lost, how, and which responses come late.</summary>
    public void Disturb()
    {
        _simulator.ClearFaults();
        Add(SimulatorOperation.Submit, 12, SubmitTime);
        Add(SimulatorOperation.Status, 40, TimeSpan.Zero);
        Add(SimulatorOperation.Status, 40, TimeSpan.FromMilliseconds(300));
        Add(SimulatorOperation.Result, 24, TimeSpan.Zero);
        Add(SimulatorOperation.File, 24, TimeSpan.Zero);
        // The others are slow enough that many kills hit a submit on its way.
        _simulator.AddFault(new() { Kind = FaultKind.Delay, Operation = SimulatorOperation.Submit, Times = int.MaxValue, Delay = SubmitTime });
    }

    /// <summary>Lets all requests through.</summary>
    public void Calm() => _simulator.ClearFaults();

    /// <summary>How often each prompt was accepted, as the provider's own list of jobs shows.</summary>
    public async Task<IReadOnlyDictionary<string, int>> AcceptedAsync(CancellationToken ct)
    {
        using var client = new HttpClient { BaseAddress = BaseUrl };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Key", "test-key");
        var id = Uri.EscapeDataString(KlingVideoO3ProImageToVideo.Endpoint.Id);
        await using var body = await client.GetStreamAsync(
            $"/platform/v1/models/requests/by-endpoint?endpoint_id={id}&expand=payloads&limit=10000000", ct);
        using var list = await JsonDocument.ParseAsync(body, cancellationToken: ct);
        return list.RootElement.GetProperty("items").EnumerateArray()
            .CountBy(job => job.GetProperty("json_input").GetProperty("prompt").GetString()!).ToDictionary();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _simulator.DisposeAsync();
        await _hooks.DisposeAsync();
        _receiver.Dispose();
    }

    private void Add(SimulatorOperation operation, int among, TimeSpan delay)
    {
        int kind;
        int from;
        lock (_random)
            (kind, from) = (_random.Next(5), 1 + _random.Next(among));
        var fault = new SimulatorFault { Kind = FaultKind.Reset, Operation = operation, FromCall = from, Delay = delay };
        _simulator.AddFault(kind switch
        {
            // The request is lost; its response is, once as a whole and once in the middle; a server in front of the provider says so; and it comes late.
            0 => fault,
            1 => fault with { CarryOut = true },
            2 => fault with { Kind = FaultKind.Truncate },
            3 => fault with { Kind = FaultKind.Status, StatusCode = 502, Body = "<html>Bad gateway</html>", CarryOut = true },
            _ => fault with { Kind = FaultKind.Delay, Delay = delay + TimeSpan.FromMilliseconds(400) },
        });
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        int chance;
        lock (_random)
            chance = _random.Next(8);
        if (_queue is not { } queue || chance == 0)
            return;
        if (chance == 1)
        {
            context.Response.StatusCode = 503;
            return;
        }
        if (chance == 2)
            await Task.Delay(500, context.RequestAborted);
        var query = context.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        var headers = context.Request.Headers;
        var reception = await _receiver.ReceiveAsync(context.Request.Body, name => headers[name], context.RequestAborted);
        if (reception.Delivery is not { } delivery)
            throw new InvalidOperationException($"A webhook of the simulator was refused: {reception.Refusal}");
        await queue.ReceiveAsync(query, delivery, context.RequestAborted);
        Webhooks++;
        // What was received is posted again.
        if (chance < 5)
            context.Response.StatusCode = 503;
    }
}
