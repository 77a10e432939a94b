using System.Threading.Channels;
using Zoetrope.Eachlabs;
using Zoetrope.Eachlabs.Models;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Replicate;
using Zoetrope.Simulator;

namespace Zoetrope.AspNetCore.Tests;

/// <summary>One shape for all providers: from a submit to the handler of its webhook, which the simulator signs as each provider does.</summary>
public sealed class SimulatedWebhookTests
{
    private static readonly SimulatorOptions _fast = new() { QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.FromMilliseconds(20) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fal()
    {
        await using var simulator = await MediaSimulator.StartAsync(_fast, Token);
        var results = Channel.CreateUnbounded<(string Job, string Url)>();
        await using var app = await TestApp.StartAsync(app => app.MapFalWebhook<Fal.Models.KlingVideoO3ProImageToVideo.Result>(
            "/hooks/fal",
            delivery =>
            {
                var all = delivery.Delivery;
                Assert.Equal(("simulator", all.Id, all.SentAt, all.Handle), (delivery.AccountId, delivery.Id, delivery.SentAt, delivery.Handle));
                return Write(results, delivery, result => result.Video!.Url);
            },
            new() { KeysUrl = new(simulator.BaseUrl, "/.well-known/jwks.json"), UserIds = ["simulator"] }));
        using var fal = new FalClient(new() { BaseUrl = simulator.BaseUrl, ApiKey = "any" });

        var job = await fal.KlingVideoO3ProImageToVideo.SubmitAsync(
            new() { ImageUrl = "https://example.com/a.png", Prompt = "She walks" }, new() { WebhookUrl = new(app.Url, "/hooks/fal") }, Token);

        await ExpectAsync(results, job.Handle, simulator);
    }

    [Fact]
    public async Task Eachlabs()
    {
        await using var simulator = await MediaSimulator.StartAsync(_fast, Token);
        var results = Channel.CreateUnbounded<(string Job, string Url)>();
        await using var app = await TestApp.StartAsync(app => app.MapEachlabsWebhook<KlingO3ProImageToVideo.Result>(
            "/hooks/eachlabs", "s3cret", delivery => Write(results, delivery, result => result.Video.Url)));
        using var eachlabs = new EachlabsClient(new() { BaseUrl = simulator.BaseUrl, ApiKey = "any" });

        var job = await eachlabs.KlingO3ProImageToVideo.SubmitAsync(
            new() { ImageUrl = "https://example.com/a.png", Prompt = "She walks" },
            new EachlabsSubmitOptions { WebhookUrl = new(app.Url, "/hooks/eachlabs"), WebhookSecret = "s3cret" }, Token);

        await ExpectAsync(results, job.Handle, simulator);
    }

    [Fact]
    public async Task A_declared_provider()
    {
        await using var simulator = await MediaSimulator.StartAsync(_fast, Token);
        var results = Channel.CreateUnbounded<(string Job, string Url)>();
        await using var app = await TestApp.StartAsync(app => app.MapWebhook<BlackForestLabsFlux2Pro.Result>(
            "/hooks/flux", new ReplicateWebhookReceiver(_fast.WebhookSecret), delivery => Write(results, delivery, result => result.Image.Url)));
        using var replicate = new ReplicateClient(new ReplicateClientOptions { BaseUrl = new(simulator.BaseUrl, "replicate"), ApiKey = "any" });

        var job = await replicate.BlackForestLabsFlux2Pro.SubmitAsync(
            new() { Prompt = "a cat" }, new() { WebhookUrl = new(app.Url, "/hooks/flux") }, Token);

        await ExpectAsync(results, job.Handle, simulator);
    }

    [Fact]
    public async Task Any_model_as_JSON_and_a_handler_that_fails_once()
    {
        await using var simulator = await MediaSimulator.StartAsync(
            new() { QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.Zero, WebhookRetryDelay = TimeSpan.FromMilliseconds(10) }, Token);
        var results = Channel.CreateUnbounded<(string Job, string Url)>();
        var failures = 1;
        await using var app = await TestApp.StartAsync(app => app.MapFalWebhook<RawJson>(
            "/hooks/fal",
            delivery => failures-- > 0 ? throw new InvalidOperationException("once") : Write(results, delivery, result => result.ToString()),
            new() { KeysUrl = new(simulator.BaseUrl, "/.well-known/jwks.json"), UserIds = ["simulator"] }));
        using var fal = new FalClient(new() { BaseUrl = simulator.BaseUrl, ApiKey = "any" });

        var job = await fal.KlingVideoO3ProImageToVideo.SubmitAsync(
            new() { ImageUrl = "https://example.com/a.png", Prompt = "She walks" }, new() { WebhookUrl = new(app.Url, "/hooks/fal") }, Token);

        var (id, json) = await results.Reader.ReadAsync(Token).AsTask().WaitAsync(TimeSpan.FromMinutes(1), Token);
        Assert.Equal(job.Handle.JobId, id);
        Assert.Contains("\"video\"", json, StringComparison.Ordinal);
    }

    private static Task Write<TResult>(Channel<(string Job, string Url)> results, WebhookDelivery<TResult> delivery, Func<TResult, string> url)
        where TResult : IJsonModel<TResult>
    {
        Assert.True(delivery.TryRead(out var result));
        return results.Writer.WriteAsync((delivery.JobId, url(result)), Token).AsTask();
    }

    private static async Task ExpectAsync(Channel<(string Job, string Url)> results, JobHandle job, MediaSimulator simulator)
    {
        var (id, url) = await results.Reader.ReadAsync(Token).AsTask().WaitAsync(TimeSpan.FromMinutes(1), Token);
        Assert.Equal(job.JobId, id);
        Assert.StartsWith(simulator.BaseUrl.ToString(), url, StringComparison.Ordinal);
        // The result came with the delivery: nothing was polled.
        Assert.Equal(0, simulator.Counts.Statuses);
    }
}
