using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Zoetrope.Eachlabs;
using Zoetrope.Eachlabs.Models;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Fal.Webhooks;
using Zoetrope.Jobs.Tests.Odd;
using Zoetrope.Replicate;
using Zoetrope.Simulator;
using Zoetrope.Webhooks;

namespace Zoetrope.Jobs.Tests.Webhooks;

/// <summary>From the simulator's signed webhooks to a receiver in a minimal API, over real sockets.</summary>
public sealed class SimulatorWebhookTests
{
    private static readonly SimulatorOptions _fast = new() { QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.FromMilliseconds(20) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_result_of_fal_comes_signed_with_a_published_key()
    {
        await using var simulator = await MediaSimulator.StartAsync(_fast, Token);
        using var receiver = new FalWebhookReceiver(
            new() { KeysUrl = new Uri(simulator.BaseUrl, "/.well-known/jwks.json"), UserIds = ["simulator"] });
        await using var app = await Hook.StartAsync(receiver);
        using var fal = new FalClient(new() { BaseUrl = simulator.BaseUrl, ApiKey = "any" });

        var job = await fal.KlingVideoO3ProImageToVideo.SubmitAsync(
            new() { ImageUrl = "https://example.com/a.png", Prompt = "She walks" }, new() { WebhookUrl = app.Url }, Token);
        var delivery = await app.NextAsync();

        Assert.Equal((job.Handle.JobId, true), (delivery.JobId, delivery.IsVerified));
        Assert.True(delivery.TryRead(KlingVideoO3ProImageToVideo.Endpoint, out var result));
        Assert.StartsWith(simulator.BaseUrl.ToString(), result.Value.Video!.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_of_Replicate_comes_with_a_signature_of_Standard_Webhooks()
    {
        await using var simulator = await MediaSimulator.StartAsync(_fast, Token);
        await using var app = await Hook.StartAsync(new ReplicateWebhookReceiver(_fast.WebhookSecret));
        using var replicate = new ReplicateClient(new ReplicateClientOptions { BaseUrl = new Uri(simulator.BaseUrl, "replicate"), ApiKey = "any" });

        var job = await replicate.BlackForestLabsFlux2Pro.SubmitAsync(new() { Prompt = "a cat" }, new() { WebhookUrl = app.Url }, Token);
        var delivery = await app.NextAsync();
        var result = await delivery.GetResultAsync(replicate.BlackForestLabsFlux2Pro, cancellationToken: Token);

        Assert.Equal(job.Handle, delivery.Handle);
        Assert.StartsWith(simulator.BaseUrl.ToString(), result.Value.Image.Url, StringComparison.Ordinal);
        Assert.Equal(0, simulator.CountsOf("replicate").Statuses);
    }

    [Fact]
    public async Task A_result_of_Eachlabs_comes_with_the_secret_of_its_submit()
    {
        await using var simulator = await MediaSimulator.StartAsync(_fast, Token);
        await using var app = await Hook.StartAsync(new EachlabsWebhookReceiver("s3cret"));
        using var eachlabs = new EachlabsClient(new() { BaseUrl = simulator.BaseUrl, ApiKey = "any" });

        await eachlabs.KlingO3ProImageToVideo.SubmitAsync(
            new() { ImageUrl = "https://example.com/a.png", Prompt = "She walks" },
            new EachlabsSubmitOptions { WebhookUrl = app.Url, WebhookSecret = "s3cret" }, Token);
        var delivery = await app.NextAsync();

        Assert.True(delivery.TryRead(KlingO3ProImageToVideo.Endpoint, out var result));
        Assert.StartsWith(simulator.BaseUrl.ToString(), result.Media[0].Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_of_a_submit_and_a_body_of_its_own_come_as_the_declaration_says()
    {
        await using var simulator = await MediaSimulator.StartAsync(
            new() { SpecsFolder = Repository.PathOf("tests", "Zoetrope.Jobs.Tests", "specs"), QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.Zero }, Token);
        await using var app = await Hook.StartAsync(new OddWebhookReceiver("s3cret"));
        using var odd = new OddClient(new OddClientOptions { BaseUrl = new Uri(simulator.BaseUrl, "odd"), ApiKey = "any" });

        var job = await odd.OwnerName.SubmitAsync(new() { Prompt = "a cat" }, new() { WebhookUrl = app.Url, WebhookSecret = "s3cret" }, Token);
        var delivery = await app.NextAsync();

        Assert.Equal((job.Handle.JobId, "OK", "owner/name"), (delivery.JobId, delivery.Status.ProviderStatus, delivery.Handle!.EndpointId));
        Assert.True(delivery.TryRead(OwnerName.Endpoint, out _));
    }

    [Fact]
    public async Task A_failed_job_is_delivered_as_failed_and_the_poll_confirms_it()
    {
        await using var simulator = await MediaSimulator.StartAsync(_fast, Token);
        await using var app = await Hook.StartAsync(new ReplicateWebhookReceiver(_fast.WebhookSecret));
        using var replicate = new ReplicateClient(new ReplicateClientOptions { BaseUrl = new Uri(simulator.BaseUrl, "replicate"), ApiKey = "any" });
        simulator.AddFault(new() { Kind = FaultKind.JobFailure, Operation = SimulatorOperation.Submit });

        await replicate.BlackForestLabsFlux2Pro.SubmitAsync(new() { Prompt = "a cat" }, new() { WebhookUrl = app.Url }, Token);
        var delivery = await app.NextAsync();

        Assert.Equal(JobState.Failed, delivery.Status.State);
        await Assert.ThrowsAsync<JobFailedException>(() => delivery.GetResultAsync(replicate.BlackForestLabsFlux2Pro, cancellationToken: Token));
        Assert.Equal(2, simulator.CountsOf("replicate").Statuses);
    }

    [Fact]
    public async Task A_delivery_that_is_not_acknowledged_comes_again_and_is_accepted_once_it_was_forgotten()
    {
        await using var simulator = await MediaSimulator.StartAsync(
            new() { QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.Zero, WebhookRetryDelay = TimeSpan.FromMilliseconds(10) }, Token);
        await using var app = await Hook.StartAsync(new ReplicateWebhookReceiver(_fast.WebhookSecret), failures: 1);
        using var replicate = new ReplicateClient(new ReplicateClientOptions { BaseUrl = new Uri(simulator.BaseUrl, "replicate"), ApiKey = "any" });

        await replicate.BlackForestLabsFlux2Pro.SubmitAsync(new() { Prompt = "a cat" }, new() { WebhookUrl = app.Url }, Token);

        Assert.Equal((await app.NextAsync()).Id, (await app.NextAsync()).Id);
    }

    [Theory]
    [InlineData("whsec_not base64!")]
    [InlineData("whsec_")]
    public async Task A_secret_that_cannot_sign_is_refused_before_there_is_a_job(string secret)
    {
        await using var simulator = await MediaSimulator.StartAsync(
            new() { WebhookSecret = secret, QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.Zero }, Token);
        using var replicate = new ReplicateClient(new ReplicateClientOptions { BaseUrl = new Uri(simulator.BaseUrl, "replicate"), ApiKey = "any" });
        var options = new SubmitOptions { WebhookUrl = new("http://127.0.0.1:9/hook") };

        var refused = await Assert.ThrowsAsync<SubmitException>(
            () => replicate.BlackForestLabsFlux2Pro.SubmitAsync(new() { Prompt = "a cat" }, options, Token));

        Assert.Null(refused.Handle);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, Assert.IsType<Errors.ServiceException>(refused.InnerException).StatusCode);
        Assert.Equal(0, simulator.CountsOf("replicate").Accepted);
        await replicate.BlackForestLabsFlux2Pro.SubmitAsync(new() { Prompt = "a cat" }, cancellationToken: Token);
    }

    /// <summary>A minimal API with one webhook.</summary>
    private sealed class Hook(WebApplication app, Channel<WebhookDelivery> deliveries) : IAsyncDisposable
    {
        public Uri Url => new(app.Urls.Single() + "/hook");

        public static async Task<Hook> StartAsync(WebhookReceiver receiver, int failures = 0)
        {
            var deliveries = Channel.CreateUnbounded<WebhookDelivery>();
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            var app = builder.Build();
            app.Urls.Add("http://127.0.0.1:0");
            app.MapPost("/hook", async (HttpRequest request) =>
            {
                var reception = await receiver.ReceiveAsync(request.Body, name => request.Headers[name], request.HttpContext.RequestAborted);
                if (reception.Delivery is { } delivery)
                {
                    deliveries.Writer.TryWrite(delivery);
                    if (Interlocked.Decrement(ref failures) >= 0)
                    {
                        await delivery.ForgetAsync();
                        return Results.StatusCode(500);
                    }
                    await delivery.CompleteAsync();
                }
                return Results.StatusCode(reception.StatusCode);
            });
            await app.StartAsync(Token);
            return new(app, deliveries);
        }

        public Task<WebhookDelivery> NextAsync() => deliveries.Reader.ReadAsync(Token).AsTask().WaitAsync(TimeSpan.FromMinutes(1), Token);

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
