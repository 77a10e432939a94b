using Zoetrope.Costs;
using Zoetrope.Eachlabs;
using Zoetrope.Fal.Models;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.TestModels;

namespace Zoetrope.Simulator.Tests;

/// <summary>What a job was estimated to cost is what it is billed.</summary>
public sealed class PriceTests(ITestOutputHelper output)
{
    private static readonly SimulatorOptions _fast = new() { QueueTime = TimeSpan.FromMilliseconds(1), JobDuration = TimeSpan.FromMilliseconds(1) };

    [Fact]
    public async Task The_cost_of_a_job_is_within_its_estimate_by_the_rules_of_its_page()
    {
        using var folder = new TemporaryFolder();
        folder.Copy(Path.Combine(Repository.Root, "tests", "Zoetrope.TestModels", "specs", "priced-video.md"), "priced-video.md");
        await using var simulator = await MediaSimulator.StartAsync(new()
        {
            QueueTime = _fast.QueueTime, JobDuration = _fast.JobDuration, SpecsFolder = folder.Path,
        });
        using var client = new EachlabsClient(new EachlabsClientOptions { BaseUrl = simulator.BaseUrl, ApiKey = "k", Limits = null });
        var model = client.Model(PricedVideo.Endpoint);
        var random = new Random(20261128);
        var seen = new Dictionary<CostCertainty, int>();

        for (var i = 0; i < 200; i++)
        {
            var request = RandomRequest(random);
            Assert.True(model.Validate(request).IsValid);
            var estimate = await model.EstimateAsync(request);
            var before = simulator.Submits;
            Assert.Equal(estimate, PricedVideo.Endpoint.EstimateCost(RawJson.From(request)));
            Assert.Equal(before, simulator.Submits);
            var result = await model.RunAsync(request, wait: Clients.Quickly);
            var cost = result.Metrics.Billed!.Value;

            seen[estimate.Certainty] = seen.GetValueOrDefault(estimate.Certainty) + 1;
            Assert.Equal("USD", cost.Unit);
            Assert.True(
                estimate.Certainty == CostCertainty.Unknown || (cost.Value >= (estimate.Minimum ?? 0) && cost.Value <= estimate.Maximum),
                $"{RawJson.From(request)}: {estimate}, but {cost}");
        }

        foreach (var (certainty, count) in seen)
            output.WriteLine($"{certainty}: {count}");
        Assert.Equal([CostCertainty.Range, CostCertainty.AtMost, CostCertainty.Exact], seen.Keys.Order());
        Assert.True(seen[CostCertainty.Exact] > 60);
    }

    [Theory]
    [InlineData("""{"mode":"draft"}""", "exactly $0.05")]
    [InlineData("""{"mode":"draft","num_images":3}""", "exactly $0.05")]
    [InlineData("""{"mode":"clips","clips":3}""", "exactly $0.9")]
    [InlineData("""{"mode":"clips"}""", "from $0.3 to $0.9: clips is not given, and its default is not documented")]
    [InlineData("""{"resolution":"1080p","generate_audio":true,"duration":"10"}""", "exactly $2")]
    [InlineData("""{"resolution":"1080p"}""", "exactly $0.5")]
    [InlineData("""{"resolution":"720p","generate_audio":true,"duration":"3"}""", "exactly $0.3")]
    [InlineData("""{"resolution":"480p"}""", "exactly $0.25")]
    [InlineData("""{"resolution":"480p","fps":31}""", "at most $0.75: the document states the most only")]
    [InlineData("""{"resolution":"480p","num_images":4}""",
        "from $0.25 to $1: the document does not say whether its price is one of each num_images")]
    [InlineData("""{"mode":"frames","num_images":4}""", "exactly $0.16")]
    [InlineData("""{}""", "from $0.04 to $0.5: resolution is not given, and its default is not documented")]
    [InlineData("""{"mode":"draft","duration":"auto"}""", "exactly $0.05")]
    [InlineData("""{"resolution":"720p","duration":"auto"}""", "unknown: 'auto' of duration does not say how many are paid for")]
    public void Each_kind_of_rule_is_computed(string input, string expected) =>
        Assert.Equal(expected, PricedVideo.Endpoint.EstimateCost(RawJson.Parse(input)).ToString());

    [Theory]
    [InlineData("5", 0.5)]
    [InlineData("15", 1.5)]
    [InlineData(null, 0.5)]
    public async Task A_price_of_fal_is_multiplied_by_what_the_input_states(string? duration, decimal expected)
    {
        await using var simulator = await MediaSimulator.StartAsync(_fast);
        using var fal = simulator.Fal();
        var request = new KlingVideoO3ProImageToVideo.Request { ImageUrl = Clients.Picture, Prompt = "p" };
        if (duration is not null)
            request.Duration = new(duration);

        var estimate = await fal.KlingVideoO3ProImageToVideo.EstimateAsync(request);
        var result = await fal.KlingVideoO3ProImageToVideo.RunAsync(
            request, new SubmitOptions { MaxCost = new(expected) { IsStrict = true } }, Clients.Quickly);
        var refused = await Assert.ThrowsAsync<CostLimitException>(
            () => fal.KlingVideoO3ProImageToVideo.RunAsync(request, new SubmitOptions { MaxCost = new(expected - 0.01m) }));

        Assert.Equal(new CostAmount(expected, "USD"), estimate.Amount);
        Assert.Equal("fal: $0.1 per seconds", estimate.Source);
        Assert.Equal(expected / 0.1m, result.Metrics.BillableUnits);
        Assert.Empty(result.Warnings);
        Assert.Equal(estimate, refused.Estimate);
        Assert.Equal(1, simulator.Submits);
        // One price serves for a while.
        Assert.Single(simulator.Requests, request => request.Path.StartsWith("/platform/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Shots_with_durations_of_their_own_leave_the_cost_open()
    {
        await using var simulator = await MediaSimulator.StartAsync(_fast);
        using var fal = simulator.Fal();
        var request = new KlingVideoO3ProImageToVideo.Request { ImageUrl = Clients.Picture, MultiPrompt = [new() { Prompt = "p" }] };

        var estimate = await fal.KlingVideoO3ProImageToVideo.EstimateAsync(request);

        Assert.Equal("unknown: the parts of multi_prompt have durations of their own", estimate.ToString());
    }

    private static PricedVideo.Request RandomRequest(Random random)
    {
        var request = new PricedVideo.Request { Prompt = "p" };
        if (random.Next(4) > 0)
            request.Mode = new(new[] { "draft", "clips", "film", "film", "frames" }[random.Next(5)]);
        if (random.Next(4) > 0)
            request.Resolution = new(new[] { "480p", "720p", "1080p" }[random.Next(3)]);
        if (random.Next(2) > 0)
            request.Duration = new(new[] { "3", "5", "10" }[random.Next(3)]);
        if (random.Next(2) > 0)
            request.Fps = random.Next(12, 61);
        if (random.Next(3) > 1)
            request.NumImages = random.Next(1, 5);
        if (random.Next(2) > 0)
            request.Clips = random.Next(1, 4);
        if (random.Next(2) > 0)
            request.GenerateAudio = random.Next(2) > 0;
        return request;
    }
}
