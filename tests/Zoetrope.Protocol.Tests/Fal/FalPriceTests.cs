using Zoetrope.Costs;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.Protocol.Tests;

/// <summary>fal's list of prices: what its units mean for an input, and that a list that cannot be read leaves the cost unknown.</summary>
public sealed class FalPriceTests
{
    private const string Kling = "fal-ai/kling-video/o3/pro/image-to-video";
    private const string Flux = "fal-ai/flux-2-pro";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("0.112", "seconds", "USD", "exactly $0.56")]
    [InlineData("0.112", "Second", "EUR", "exactly 0.56 EUR")]
    [InlineData("\"0.4\"", "videos", "USD", "exactly $0.4")]
    [InlineData("0.4", "requests", "USD", "exactly $0.4")]
    [InlineData("0.001", "compute seconds", "USD", "unknown: fal publishes $0.001 per compute seconds, and the input does not state how many of them a job takes")]
    [InlineData("1", "units", "USD", "unknown: fal publishes $1 per units, and the input does not state how many of them a job takes")]
    [InlineData("0.02", "megapixels", "USD", "unknown: fal publishes $0.02 per megapixels, and the input does not state how many of them a job takes")]
    public async Task A_unit_is_multiplied_only_where_the_input_states_its_number(string price, string unit, string currency, string expected)
    {
        await using var server = new FakeServer(FakeServer.Reply(200, List(Kling, price, unit, currency)));
        using var fal = Client(server);

        var estimate = await fal.KlingVideoO3ProImageToVideo.EstimateAsync(Request(), Token);

        Assert.Equal(expected, estimate.ToString());
        var sent = Assert.Single(server.Requests);
        Assert.StartsWith("GET /platform/v1/models/pricing?endpoint_id=fal-ai%2Fkling-video%2Fo3%2Fpro%2Fimage-to-video HTTP/1.1\r\n", sent);
        Assert.Contains("\r\nAuthorization: Key a:b\r\n", sent);
    }

    [Theory]
    [InlineData(404, """{"error":{"type":"not_found","message":"no such endpoint"}}""", "unknown: the price of fal-ai/kling-video/o3/pro/image-to-video could not be")]
    [InlineData(500, "oops", "unknown: the price of fal-ai/kling-video/o3/pro/image-to-video could not be fetched")]
    [InlineData(200, "<html>", "unknown: the price of fal-ai/kling-video/o3/pro/image-to-video could not be fetched")]
    [InlineData(200, "[]", "unknown: no document of fal-ai/kling-video/o3/pro/image-to-video states its price")]
    [InlineData(200, """{"prices":[]}""", "unknown: no document of fal-ai/kling-video/o3/pro/image-to-video states its price")]
    [InlineData(200, """{"prices":[{"endpoint_id":"other","unit_price":1,"unit":"seconds","currency":"USD"},7,null]}""", "unknown: no document of")]
    [InlineData(200, """{"prices":[{"endpoint_id":"fal-ai/kling-video/o3/pro/image-to-video","unit_price":-1,"unit":"seconds","currency":"USD"}]}""", "unknown: no")]
    public async Task A_list_without_the_price_leaves_it_unknown_and_the_submit_goes_on(int status, string body, string reason)
    {
        await using var server = new FakeServer(
            FakeServer.Reply(status, body), FakeServer.Reply(200, $$"""{"request_id":"r-1"}"""));
        using var fal = Client(server);

        var job = await fal.KlingVideoO3ProImageToVideo.SubmitAsync(Request(), new FalSubmitOptions { MaxCost = new(1) }, Token);

        Assert.StartsWith(reason, job.Estimate!.ToString(), StringComparison.Ordinal);
        Assert.Contains(job.Estimate.ToString(), Assert.Single(job.Warnings), StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Length);
    }

    [Fact]
    public async Task A_price_above_the_limit_sends_no_submit()
    {
        await using var server = new FakeServer(FakeServer.Reply(200, List(Flux, "0.03", "requests", "USD")));
        using var fal = Client(server);
        var model = fal.Flux2Pro;

        var exception = await Assert.ThrowsAsync<CostLimitException>(
            () => model.SubmitAsync(new() { Prompt = "p" }, new FalSubmitOptions { MaxCost = new(0.02m) }, Token));
        await Assert.ThrowsAsync<CostLimitException>(
            () => fal.SubmitAsync(Flux2Pro.Endpoint, RawJson.Parse("""{"prompt":"p"}"""), new FalSubmitOptions { MaxCost = new(0.02m) }, Token));

        Assert.Equal(new CostAmount(0.03m, "USD"), exception.Estimate.Amount);
        // The second estimate takes the price that the first one fetched.
        Assert.StartsWith("GET /platform/", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_direct_run_refuses_a_limit_that_it_cannot_keep()
    {
        await using var server = new FakeServer(FakeServer.Reply(200, "{}"));
        using var fal = Client(server);

        await Assert.ThrowsAsync<ArgumentException>(
            () => fal.RunDirectAsync(Flux2Pro.Endpoint, new() { Prompt = "p" }, new FalSubmitOptions { MaxCost = new(1) }, Token));
        Assert.Empty(server.Requests);
    }

    private static FalClient Client(FakeServer server) => new(new FalClientOptions { ApiKey = "a:b", BaseUrl = server.Url });

    private static KlingVideoO3ProImageToVideo.Request Request() => new() { ImageUrl = "https://example.com/a.png", Prompt = "p", Duration = new("5") };

    private static string List(string id, string price, string unit, string currency) =>
        $$"""{"prices":[{"endpoint_id":"{{id}}","unit_price":{{price}},"unit":"{{unit}}","currency":"{{currency}}"}],"next_cursor":null,"has_more":false}""";
}
