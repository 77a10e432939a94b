using Zoetrope.Errors;
using Zoetrope.Fal.Platform;
using Zoetrope.Json;

namespace Zoetrope.Simulator.Tests;

/// <summary>The client of fal's Platform API against the simulator, over the models that it plays and the runs that it saw.</summary>
public sealed class FalPlatformTests
{
    private const string OtherId = "fal-ai/flux-2-pro";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Models_are_enumerated_over_all_pages()
    {
        await using var simulator = await Support.StartAsync();
        using var platform = Platform(simulator);
        var ids = new List<string>();

        await foreach (var model in platform.EnumerateModelsAsync(new() { Limit = 1 }, cancellationToken: Token))
            ids.Add(model.EndpointId);

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
        Assert.Contains(Support.FalId, ids);
        Assert.Contains(OtherId, ids);
        // Each page has one model, and the last one says so.
        Assert.Equal(ids.Count, simulator.Requests.Count);
    }

    [Fact]
    public async Task Models_are_found_by_words_ids_and_category()
    {
        await using var simulator = await Support.StartAsync();
        using var platform = Platform(simulator);

        var byWords = await platform.ListModelsAsync(new() { Q = "kling o3" }, cancellationToken: Token);
        var byId = await platform.ListModelsAsync(new() { EndpointId = [OtherId] }, cancellationToken: Token);
        var byCategory = await platform.ListModelsAsync(new() { Category = "image-to-video" }, cancellationToken: Token);
        var none = await platform.ListModelsAsync(new() { Status = FalPlatform.ModelStatus.Deprecated }, cancellationToken: Token);

        Assert.Equal(Support.FalId, Assert.Single(byWords.Models).EndpointId);
        Assert.Equal("image-to-video", byWords.Models[0].Metadata!.Category);
        Assert.Equal(OtherId, Assert.Single(byId.Models).EndpointId);
        Assert.Contains(byCategory.Models, model => model.EndpointId == Support.FalId);
        Assert.DoesNotContain(byCategory.Models, model => model.EndpointId == OtherId);
        Assert.Empty(none.Models);
        Assert.False(none.HasMore);
    }

    [Fact]
    public async Task Models_and_the_addresses_of_webhooks_need_no_key()
    {
        await using var simulator = await Support.StartAsync();
        using var platform = Platform(simulator, key: null);

        Assert.NotEmpty((await platform.ListModelsAsync(cancellationToken: Token)).Models);
        Assert.Contains("127.0.0.1/32", (await platform.GetMetaAsync(cancellationToken: Token)).WebhookIpRanges);
        await Assert.ThrowsAsync<MissingKeyException>(() => platform.GetPricingAsync(new() { EndpointId = [OtherId] }, cancellationToken: Token));
        Assert.Equal(2, simulator.Requests.Count);
    }

    [Fact]
    public async Task Prices_and_estimates_are_those_of_the_models()
    {
        await using var simulator = await MediaSimulator.StartAsync(new() { UnitPrice = 0.1m }, Token);
        using var platform = Platform(simulator);

        var prices = await platform.GetPricingAsync(new() { EndpointId = [Support.FalId, OtherId] }, cancellationToken: Token);
        var units = await platform.EstimatePricingAsync(
            new FalPlatform.UnitPriceEstimateRequest
            {
                Endpoints = new Dictionary<string, FalPlatform.UnitCount> { [Support.FalId] = new() { UnitQuantity = 12.5 } },
            },
            cancellationToken: Token);
        var calls = await platform.EstimatePricingAsync(
            new FalPlatform.HistoricalEstimateRequest
            {
                Endpoints = new Dictionary<string, FalPlatform.CallCount> { [OtherId] = new() { CallQuantity = 3 } },
            },
            cancellationToken: Token);

        Assert.Equal(
            [(Support.FalId, "seconds", 0.1), (OtherId, prices.Prices[1].Unit, 0.1)],
            prices.Prices.Select(one => (one.EndpointId, one.Unit, one.UnitPrice)));
        Assert.Equal((1.25, "USD"), (units.TotalCost, units.Currency));
        Assert.Equal(0.3, calls.TotalCost, 9);
    }

    [Fact]
    public async Task What_the_service_refuses_is_a_typed_error()
    {
        await using var simulator = await Support.StartAsync();
        using var platform = Platform(simulator);

        var unknown = await Assert.ThrowsAsync<ServiceException<FalPlatform.ErrorResponse>>(
            () => platform.GetPricingAsync(new() { EndpointId = ["fal-ai/nobody"] }, cancellationToken: Token));
        var cursor = await Assert.ThrowsAsync<ServiceException<FalPlatform.ErrorResponse>>(
            () => platform.ListModelsAsync(new() { Cursor = "no cursor" }, cancellationToken: Token));
        using var bad = Platform(simulator, key: "bad-key");
        var key = await Assert.ThrowsAsync<ServiceException<FalPlatform.ErrorResponse>>(async () =>
        {
            await foreach (var page in bad.EnumerateUsagePagesAsync(cancellationToken: Token))
                Assert.Fail("A page came: " + page);
        });

        Assert.Equal((404, FalPlatform.ErrorKind.NotFound), ((int)unknown.StatusCode, unknown.Details.Error.Type));
        Assert.Equal((400, FalPlatform.ErrorKind.ValidationError), ((int)cursor.StatusCode, cursor.Details.Error.Type));
        Assert.Equal((401, FalPlatform.ErrorKind.AuthorizationError), ((int)key.StatusCode, key.Details.Error.Type));
        Assert.Contains("Endpoint fal-ai/nobody not found", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_and_usage_are_those_of_the_runs_that_were_seen()
    {
        await using var simulator = await MediaSimulator.StartAsync(
            new() { QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.Zero, UnitPrice = 0.5m }, Token);
        using var fal = simulator.Fal();
        using var platform = Platform(simulator);
        for (var i = 0; i < 3; i++)
            await fal.SubmitAsync(Support.FalId, RawJson.Parse(Support.GoodInput().ToJsonString()), cancellationToken: Token);
        simulator.AddFault(new() { Kind = FaultKind.JobFailure, StatusCode = 422 });
        var failed = await fal.SubmitAsync(Support.FalId, RawJson.Parse(Support.GoodInput().ToJsonString()), cancellationToken: Token);

        var all = new List<FalPlatform.RequestRecord>();
        await foreach (var one in platform.EnumerateRequestsAsync(new() { EndpointId = [Support.FalId], Limit = 2 }, cancellationToken: Token))
            all.Add(one);
        var wrong = await platform.ListRequestsAsync(
            new() { EndpointId = [Support.FalId], Status = FalPlatform.ListRequests.Status.UserError, Expand = [FalPlatform.RequestExpansion.Payloads] },
            cancellationToken: Token);
        var usage = await platform.GetUsageAsync(
            new() { Expand = [FalPlatform.UsageExpansion.TimeSeries, FalPlatform.UsageExpansion.Summary] }, cancellationToken: Token);

        Assert.Equal(4, all.Count);
        Assert.Equal([200, 200, 200, 422], all.Select(one => (int)one.StatusCode!).Order());
        Assert.Equal(failed.Handle.JobId, Assert.Single(wrong.Items).RequestId);
        Assert.Contains("The character walks forward", wrong.Items[0].JsonInput.ToString(), StringComparison.Ordinal);
        var item = Assert.Single(usage.Summary!);
        // A job of the default five seconds each; what failed is not billed.
        Assert.Equal((Support.FalId, "seconds", 15.0, 7.5), (item.EndpointId, item.Unit, item.Quantity, item.CostTotal));
        Assert.Equal(7.5, Assert.Single(Assert.Single(usage.TimeSeries!).Results).CostTotal);
    }

    [Fact]
    public async Task What_the_simulator_does_not_play_is_an_error_of_the_service()
    {
        await using var simulator = await Support.StartAsync();
        using var platform = Platform(simulator);

        var exception = await Assert.ThrowsAsync<ServiceException<FalPlatform.ErrorResponse>>(() => platform.ListApiKeysAsync(cancellationToken: Token));

        Assert.Equal(404, (int)exception.StatusCode);
        Assert.Contains("/platform/v1/keys not found", exception.Message, StringComparison.Ordinal);
    }

    private static FalPlatformClient Platform(MediaSimulator simulator, string? key = "a:key") =>
        new(new() { BaseUrl = new Uri(simulator.BaseUrl, "platform/v1"), ApiKey = key });
}
