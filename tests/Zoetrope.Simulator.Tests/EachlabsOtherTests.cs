using Zoetrope.Eachlabs;
using Zoetrope.Eachlabs.Models;
using Zoetrope.Eachlabs.Workflows;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Operations;

namespace Zoetrope.Simulator.Tests;

/// <summary>What Eachlabs has beside predictions, with the SDK's own clients: workflows, chat, models, the history of runs and webhooks.</summary>
public sealed class EachlabsOtherTests
{
    private const string Key = "smk_simulated-key";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static RawJson Inputs => RawJson.Parse("""{"text":"a story"}""");

    [Theory]
    [InlineData(EachlabsAuth.XApiKey)]
    [InlineData(EachlabsAuth.Bearer)]
    public async Task A_workflow_is_triggered_watched_listed_and_resumed(EachlabsAuth auth)
    {
        await using var simulator = await StartAsync();
        using var client = Workflows(simulator, auth);

        var job = await client.TriggerAsync("story", "v1", Inputs, cancellationToken: Token);
        using var other = Workflows(simulator, auth);
        var result = await other.Resume(JobHandle.Parse(job.Handle.ToString())).WaitAsync(Wait, Token);
        var shared = await (await client.TriggerPublicAsync("acme", "story", "v1", Inputs, cancellationToken: Token)).WaitAsync(Wait, Token);
        var listed = new List<ListedJob>();
        await foreach (var one in client.ListJobsAsync(new() { EndpointId = "story/v1" }, Token))
            listed.Add(one);

        Assert.Equal((0.1m, job.Handle), (result.Metrics.Cost, Assert.Single(listed).Handle));
        Assert.Single(result.Media);
        Assert.Single(shared.Media);
        Assert.Equal((2, 2), (simulator.CountsOf("eachlabs-workflows").Submits, simulator.CountsOf("eachlabs-workflows").Accepted));
        Assert.DoesNotContain(simulator.Requests, request => request.Headers.ContainsKey("X-API-Key") && request.Headers.ContainsKey("Authorization"));
        Assert.DoesNotContain(simulator.Requests, request => request.Body.Contains(Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bulk_is_accepted_in_part_by_the_schema_of_the_workflow()
    {
        await using var simulator = await StartAsync();
        using var api = Api(simulator);
        using var client = Workflows(simulator);
        var workflow = await api.CreateWorkflowAsync(
            new()
            {
                Name = "Story",
                Definition = new() { InputSchema = RawJson.Parse("""{"type":"object","required":["text"],"properties":{"text":{"type":"string"}}}""") },
            },
            cancellationToken: Token);

        var bulk = await client.TriggerBulkAsync(workflow.Slug!, "v1", [Inputs, RawJson.Parse("""{"text":1}"""), Inputs], cancellationToken: Token);

        Assert.Equal(
            [EachlabsBulkOutcome.Accepted, EachlabsBulkOutcome.Refused, EachlabsBulkOutcome.Accepted], bulk.Entries.Select(entry => entry.Outcome));
        Assert.Contains("text", bulk.Entries[1].Error!.Message, StringComparison.Ordinal);
        var found = new List<string>();
        await foreach (var one in client.ListBulkAsync(workflow.Slug!, "v1", bulk.BulkId!, Token))
            found.Add(one.JobId);
        Assert.Equal(bulk.Jobs.Select(job => job.Handle.JobId).Order(), found.Order());
        await Task.WhenAll(bulk.Jobs.Select(job => job.WaitAsync(Wait, Token)));
        await Assert.ThrowsAsync<SubmitException>(() => client.TriggerAsync(workflow.Slug!, "v1", RawJson.Parse("{}"), cancellationToken: Token));
        Assert.Equal(["story"], (await api.ListWorkflowsAsync(cancellationToken: Token)).Workflows.Select(one => one.Slug));
        Assert.Equal("v1", (await api.GetWorkflowAsync("story", cancellationToken: Token)).Versions![0].VersionId);
    }

    [Fact]
    public async Task A_bulk_whose_response_is_lost_is_in_doubt_and_was_accepted_once()
    {
        await using var simulator = await StartAsync();
        using var client = Workflows(simulator);
        simulator.AddFault(new() { Kind = FaultKind.Reset, CarryOut = true, Provider = "eachlabs-workflows", Operation = SimulatorOperation.Submit });

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.TriggerBulkAsync("story", "v1", [Inputs, Inputs], cancellationToken: Token));

        Assert.False(exception.WasNotAccepted);
        Assert.Equal((1, 2), (simulator.CountsOf("eachlabs-workflows").Submits, simulator.CountsOf("eachlabs-workflows").Accepted));
    }

    [Fact]
    public async Task A_workflow_fails_with_its_cause()
    {
        await using var simulator = await StartAsync();
        using var client = Workflows(simulator);
        simulator.AddFault(new() { Kind = FaultKind.JobFailure, Body = "no capacity" });

        var job = await client.TriggerAsync("story", "v1", Inputs, cancellationToken: Token);
        var exception = await Assert.ThrowsAsync<JobFailedException>(() => job.WaitAsync(Wait, Token));

        Assert.Equal(("no capacity", "ExecutionFailed"), (exception.Error.Message, exception.Error.Type));
    }

    [Fact]
    public async Task A_chat_is_streamed_to_its_usage_and_is_one_run()
    {
        await using var simulator = await StartAsync();
        using var client = Client(simulator);
        var text = "";
        long? tokens = null;

        await foreach (var part in client.Chat.StreamAsync(Chat, cancellationToken: Token))
        {
            text += part.Choices is [var choice, ..] ? choice.Delta?.Content : "";
            tokens ??= part.Usage?.TotalTokens;
        }
        var whole = await client.Chat.CompleteAsync(Chat, cancellationToken: Token);

        Assert.Equal(("A text.", 15L, "A text."), (text, tokens!.Value, whole.Choices![0].Message!.Content));
        Assert.Equal((1, 1), (simulator.Counts.Streams, simulator.Counts.DirectRuns));
        simulator.AddFault(new() { Kind = FaultKind.JobFailure, Operation = SimulatorOperation.Stream, Body = "overloaded" });
        var exception = await Assert.ThrowsAsync<ServiceException>(async () =>
        {
            await foreach (var part in client.Chat.StreamAsync(Chat, cancellationToken: Token))
                Assert.NotNull(part);
        });
        Assert.Contains("overloaded", exception.Message, StringComparison.Ordinal);
        using var refused = new EachlabsClient(new EachlabsClientOptions { BaseUrl = simulator.BaseUrl, ApiKey = "bad-key" });
        Assert.Equal(401, (int)(await Assert.ThrowsAsync<ServiceException>(() => refused.Chat.CompleteAsync(Chat, cancellationToken: Token))).StatusCode);
    }

    [Fact]
    public async Task Models_runs_and_webhooks_are_listed()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var simulator = await StartAsync();
        using var api = Api(simulator);
        using var client = Client(simulator);
        var model = client.KlingO3ProImageToVideo;

        var options = new EachlabsSubmitOptions { WebhookUrl = new(receiver.Url), WebhookSecret = "s" };
        var result = await model.RunAsync(new() { ImageUrl = "https://example.com/a.png", Prompt = "x" }, options, Wait, Token);
        var models = new List<string>();
        await foreach (var one in api.EnumerateModelsAsync(cancellationToken: Token))
            models.Add(one.Slug);
        var page = await api.ListExecutionsAsync(new() { Status = ["success"], Model = "kling-o3-pro-image-to-video" }, cancellationToken: Token);
        await receiver.NextAsync();
        var webhooks = await api.ListWebhooksAsync(cancellationToken: Token);

        Assert.Equal(["kling-o3-pro-image-to-video"], models);
        Assert.Equal((result.Handle.JobId, "success"), (Assert.Single(page.Executions).Id, page.Executions[0].Status));
        Assert.Equal(result.Metrics.Cost, (decimal)page.Executions[0].ExecutionCost!.Value);
        Assert.Empty((await api.ListExecutionsAsync(new() { Status = ["error"] }, cancellationToken: Token)).Executions);
        Assert.Equal(result.Handle.JobId, Assert.Single(webhooks.Webhooks).ExecutionId);
        Assert.Contains("image_url", (await api.GetModelAsync(new() { Slug = models[0] }, cancellationToken: Token)).RequestSchema.ToString());
        Assert.Contains("openapi", (await api.GetModelSchemaAsync(models[0], cancellationToken: Token)).ToString(), StringComparison.Ordinal);
        Assert.Equal(2, (await api.GetRouterCatalogAsync(cancellationToken: Token)).ModelEnum!.Count);
    }

    private static WaitOptions Wait => new() { PollInterval = TimeSpan.FromMilliseconds(20) };

    private static EachlabsApi.ChatRequest Chat => new() { Model = "openai/gpt-4o-mini", Messages = [new() { Role = "user", Content = "Hello" }] };

    private static Task<MediaSimulator> StartAsync() =>
        MediaSimulator.StartAsync(new() { QueueTime = TimeSpan.FromMilliseconds(20), JobDuration = TimeSpan.FromMilliseconds(60) });

    private static EachlabsClient Client(MediaSimulator simulator) => new(new EachlabsClientOptions { BaseUrl = simulator.BaseUrl, ApiKey = Key });

    private static EachlabsWorkflowClient Workflows(MediaSimulator simulator, EachlabsAuth auth = EachlabsAuth.XApiKey) =>
        new(new EachlabsClientOptions { BaseUrl = simulator.BaseUrl, ApiKey = Key, Auth = auth });

    private static EachlabsApiClient Api(MediaSimulator simulator) =>
        new(new ApiClientOptions { BaseUrl = simulator.BaseUrl, ApiKey = Key, ApiKeyLocation = ApiKeyLocation.Header("X-API-Key") });
}
