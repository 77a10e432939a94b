using System.Diagnostics.Metrics;
using Zoetrope.Costs;
using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Models;
using Zoetrope.Routing;

namespace Zoetrope.Tests;

/// <summary>A limit of the cost refuses before anything is sent what is surely above it, and says where it cannot promise.</summary>
public sealed class CostLimitTests
{
    private static readonly ModelEndpoint<PricedRequest, TestResult> _endpoint = new("fake", "model");

    [Theory]
    [InlineData("exactly 0.5 USD", "exactly $0.5")]
    [InlineData("exactly 0.50 EUR", "exactly 0.5 EUR")]
    [InlineData("at-most 12 credits", "at most 12 credits: it may be shorter")]
    [InlineData("range 0.1 0.5 USD", "from $0.1 to $0.5: duration is not given")]
    [InlineData("range 0.5 0.5 USD", "exactly $0.5")]
    [InlineData("", "unknown: the page states no price")]
    public async Task An_estimate_says_what_is_known_and_sends_nothing(string estimate, string text)
    {
        var protocol = new FakeProtocol();
        using var client = new FakeClient(protocol);

        Assert.Equal(text, (await client.Model(_endpoint).EstimateAsync(new() { Estimate = estimate })).ToString());
        Assert.Equal(text, (await client.EstimateAsync(_endpoint, RawJson.Parse($$"""{"estimate":"{{estimate}}"}"""))).ToString());
        Assert.Equal(text, _endpoint.EstimateCost(new PricedRequest { Estimate = estimate }).ToString());
        Assert.Empty(protocol.Submits);
    }

    [Theory]
    [InlineData("exactly 0.51 USD")]
    [InlineData("exactly 0.51 usd")]
    [InlineData("at-most 0.51 USD")]
    [InlineData("range 0.51 0.6 USD")]
    public async Task What_is_above_is_refused_before_anything_is_sent(string estimate)
    {
        var protocol = new FakeProtocol();
        using var client = new FakeClient(protocol);
        var options = new SubmitOptions { MaxCost = new(0.5m) };

        var exception = await Assert.ThrowsAsync<CostLimitException>(() => client.Model(_endpoint).RunAsync(new() { Estimate = estimate }, options));

        Assert.Empty(protocol.Submits);
        Assert.Equal((true, 0, "model"), (exception.WasNotAccepted, exception.Attempts, exception.EndpointId));
        Assert.Equal(new CostAmount(0.5m, "USD"), exception.Limit.Amount);
        Assert.NotEqual(CostCertainty.Unknown, exception.Estimate.Certainty);
        Assert.StartsWith("The job for model was not sent: the limit is $0.5, and its cost at fake is ", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exactly 0.5 USD", 0.5, "USD")]
    [InlineData("exactly 0 USD", 0, "USD")]
    [InlineData("at-most 0.4 USD", 0.5, "usd")]
    [InlineData("range 0.1 0.5 USD", 0.5, "USD")]
    [InlineData("exactly 12 credits", 12, "credits")]
    public async Task What_is_within_is_submitted_without_a_word(string estimate, decimal limit, string unit)
    {
        using var client = new FakeClient(new FakeProtocol());

        foreach (var isStrict in new[] { false, true })
        {
            var job = await client.Model(_endpoint).SubmitAsync(
                new() { Estimate = estimate }, new SubmitOptions { MaxCost = new(limit, unit) { IsStrict = isStrict } });

            Assert.Empty(job.Warnings);
            Assert.Equal(_endpoint.EstimateCost(new PricedRequest { Estimate = estimate }), job.Estimate);
        }
    }

    [Theory]
    [InlineData("", "unknown: the page states no price")]
    [InlineData("range 0.1 0.6 USD", "from $0.1 to $0.6: duration is not given")]
    [InlineData("exactly 12 credits", "exactly 12 credits")]
    public async Task What_cannot_be_promised_is_a_warning_or_refused(string estimate, string text)
    {
        var protocol = new FakeProtocol();
        using var client = new FakeClient(protocol);

        var result = await client.Model(_endpoint).RunAsync(new() { Estimate = estimate }, new SubmitOptions { MaxCost = new(0.5m) });
        var strict = await Assert.ThrowsAsync<CostLimitException>(
            () => client.Model(_endpoint).RunAsync(new() { Estimate = estimate }, new SubmitOptions { MaxCost = new(0.5m) { IsStrict = true } }));

        Assert.Equal($"The limit of $0.5 cannot be promised: the cost of model at fake is {text}.", Assert.Single(result.Warnings));
        Assert.Single(protocol.Submits);
        Assert.Contains("The limit is strict", strict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_input_that_is_JSON_has_the_same_limit_where_its_model_is_known()
    {
        var protocol = new FakeProtocol();
        using var client = new FakeClient(protocol);
        var input = RawJson.Parse("""{"estimate":"exactly 1 USD"}""");
        var options = new SubmitOptions { MaxCost = new(0.5m) };

        await Assert.ThrowsAsync<CostLimitException>(() => client.SubmitAsync(_endpoint, input, options));
        Assert.Empty(protocol.Submits);
        var job = await client.SubmitAsync("model", input, options);

        Assert.Equal(
            "The limit of $0.5 cannot be promised: the cost of model at fake is unknown: model was submitted without its model, and fake publishes no price "
            + "that a program can ask for.",
            Assert.Single(job.Warnings));
    }

    [Fact]
    public void A_limit_cannot_be_negative_and_shows_itself()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new CostLimit(-1));
        Assert.Throws<ArgumentException>(() => new CostLimit(1, ""));
        Assert.Throws<ArgumentException>(() => CostEstimate.Range(2, 1, "USD"));
        Assert.Throws<ArgumentOutOfRangeException>(() => CostEstimate.Exact(-1, "USD"));
        Assert.Throws<ArgumentOutOfRangeException>(() => CostEstimate.AtMost(-1, "USD"));
        Assert.Throws<ArgumentOutOfRangeException>(() => CostEstimate.Range(-1, 1, "USD"));
        Assert.Equal("$1.5 (strict)", new CostLimit(1.5m) { IsStrict = true }.ToString());
        var options = new SubmitOptions { MaxCost = new(1) };
        Assert.Equal(new CostLimit(1), options.MaxCost);
        options.MaxCost = null;
        Assert.Null(options.MaxCost);
    }

    [Fact]
    public async Task A_router_rules_out_a_provider_that_is_too_expensive()
    {
        var (a, b) = (new FakeProtocol("a"), new FakeProtocol("b"));
        var router = new MediaRouter(new FakeClient(a), new FakeClient(b));
        var options = new RouteOptions { Submit = new() { MaxCost = new(0.5m) } };

        var result = await router.RunAsync(Model("exactly 0.6 USD", "exactly 0.4 USD"), new TestRequest { Prompt = "p" }, options);
        var nobody = await Assert.ThrowsAsync<RoutingException>(
            () => router.RunAsync(Model("exactly 0.6 USD", "at-most 0.7 USD"), new TestRequest { Prompt = "p" }, options));

        Assert.Equal("b", result.Handle.Provider);
        var ruling = Assert.Single(result.Route!.RuledOut);
        Assert.Equal((RouteStage.Cost, "a"), (ruling.Stage, ruling.Provider));
        Assert.IsType<CostLimitException>(ruling.Exception);
        Assert.Contains(ruling.Reason, result.Warnings);
        Assert.Equal(RouteStage.Cost, nobody.Route!.EmptiedBy);
        Assert.Equal((0, 1), (a.Submits.Count, b.Submits.Count));
    }

    [Fact]
    public async Task The_cheapest_by_the_rules_of_the_documents_is_first()
    {
        var (a, b) = (new FakeProtocol("a"), new FakeProtocol("b"));
        var router = new MediaRouter(new FakeClient(a), new FakeClient(b));
        var options = new RouteOptions { Policy = RoutePolicy.Cheapest };

        var result = await router.RunAsync(Model("exactly 0.6 USD", "at-most 0.4 USD"), new TestRequest { Prompt = "p" }, options);
        var unknown = await router.RunAsync(Model("range 0.1 0.6 USD", "exactly 2 USD"), new TestRequest { Prompt = "p" }, options);

        Assert.Equal("b", result.Handle.Provider);
        Assert.Equal(["The price at a is 0.6 USD per job.", "The price at b is at most 0.4 USD per job."], result.Route!.Notes);
        Assert.Equal("b", unknown.Handle.Provider);
        Assert.Equal(
            ["The price at a is from 0.1 to 0.6 USD per job, which is not one amount to compare.", "The price at b is 2 USD per job."],
            unknown.Route!.Notes);
    }

    [Theory]
    [InlineData("exactly 2 usd", "exactly 1 USD", "b", "The price at a is 2 USD per job.")]
    [InlineData("exactly 2 credits", "exactly 1 credits", "a", "The price at a is 2 credits of a per job.")]
    public async Task Currencies_are_compared_and_the_units_of_two_providers_are_not(string first, string second, string expected, string note)
    {
        var router = new MediaRouter(new FakeClient(new FakeProtocol("a")), new FakeClient(new FakeProtocol("b")));

        var result = await router.RunAsync(Model(first, second), new TestRequest { Prompt = "p" }, new RouteOptions { Policy = RoutePolicy.Cheapest });

        Assert.Equal(expected, result.Handle.Provider);
        Assert.Equal(note, result.Route!.Notes[0]);
    }

    [Fact]
    public async Task A_single_provider_that_is_too_expensive_is_in_the_report()
    {
        var router = new MediaRouter(new FakeClient(new FakeProtocol("a")));
        var options = new RouteOptions { Submit = new() { MaxCost = new(0.5m) } };

        var exception = await Assert.ThrowsAsync<CostLimitException>(
            () => router.RunAsync(Model("exactly 0.6 USD", "exactly 0.4 USD"), new TestRequest { Prompt = "p" }, options));

        Assert.Equal(RouteStage.Cost, exception.Route!.EmptiedBy);
        Assert.Contains(exception.Route.RuledOut, ruling => (ruling.Stage, ruling.Provider) == (RouteStage.Cost, "a"));
    }

    [Fact]
    public void The_most_that_a_job_can_cost_is_not_what_was_billed()
    {
        Assert.Null(new JobMetrics(Cost: 1) { IsCeiling = true }.Billed);
        Assert.Null(new JobMetrics(BillableUnits: 1) { IsCeiling = true }.Billed);
        Assert.Equal(new CostAmount(1, "USD"), new JobMetrics(Cost: 1).Billed);
    }

    [Fact]
    public async Task What_a_job_has_cost_is_a_metric_with_its_unit()
    {
        var measured = new List<(double Cost, string? Unit)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument is { Meter.Name: "Zoetrope", Name: "zoetrope.job.cost" or "zoetrope.job.units" })
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            var all = tags.ToArray();
            if (all.Contains(new("zoetrope.endpoint", "metered")))
                measured.Add((value, instrument.Unit));
        });
        listener.Start();
        var protocol = new FakeProtocol();
        foreach (var metrics in new JobMetrics[]
        {
            new(Cost: 0.25m), new(BillableUnits: 3), new(BillableUnits: 12) { Unit = "credits" }, new(Cost: 1) { IsCeiling = true }, JobMetrics.None,
        })
            protocol.Outputs.Add(_ => Task.FromResult(new JobOutput(RawJson.Parse("{}"), metrics)));
        using var client = new FakeClient(protocol);

        for (var i = 0; i < 5; i++)
        {
            var job = await client.SubmitAsync("metered", RawJson.Parse("{}"));
            await job.WaitAsync();
        }

        Assert.Equal([(0.25, "USD"), (3, "{unit}"), (12, "{unit}")], measured);
    }

    private static NeutralModel<TestRequest, TestResult> Model(string a, string b) => new("neutral", Route("a", a), Route("b", b));

    private static ModelRoute<TestRequest, TestResult, PricedRequest, TestResult> Route(string provider, string estimate) =>
        new(new(provider, provider + "/model"), (_, _) => new() { Estimate = estimate }, result => result);
}
