using System.Net;
using System.Text.Json;
using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Routing;
using Zoetrope.Validation;

namespace Zoetrope.Tests;

/// <summary>The router's policies, and its report of what each stage ruled out and why.</summary>
public sealed class RoutePolicyTests
{
    private readonly Dictionary<string, FakeProtocol> _protocols = new[] { "a", "b", "c" }.ToDictionary(name => name, name => new FakeProtocol(name));

    [Theory]
    [InlineData(null, "a")]
    [InlineData("c,b", "c")]
    [InlineData("x,B", "b")]
    public async Task The_order_decides_who_is_first(string? order, string first)
    {
        var result = await Router().RunAsync(Model(), new TestRequest { Prompt = "p" }, new RouteOptions { Order = order?.Split(',') });

        Assert.Equal(first, result.Handle.Provider);
        Assert.Equal(first, result.Route!.Chosen);
        Assert.Equal(3, result.Route.Candidates.Count);
        Assert.Empty(result.Route.RuledOut);
        Assert.Null(result.Route.EmptiedBy);
        Assert.Equal(1, _protocols.Values.Sum(protocol => protocol.Submits.Count));
    }

    [Theory]
    [InlineData("a,b", "a", "b", "c is not among the allowed providers.")]
    [InlineData("b,c", "c", "b", "c is denied.")]
    [InlineData("C", null, "c", "a is not among the allowed providers.")]
    [InlineData("b,c", "A,B", "c", "b is denied.")]
    public async Task Lists_allow_and_deny_providers(string allow, string? deny, string chosen, string reason)
    {
        var job = await Router().SubmitAsync(Model(), new TestRequest { Prompt = "p" }, new RouteOptions { Allow = allow.Split(','), Deny = deny?.Split(',') });

        Assert.Equal(chosen, job.Handle.Provider);
        Assert.All(job.Route!.RuledOut, ruling => Assert.Equal((RouteStage.Policy, ruling.Provider + "/model"), (ruling.Stage, ruling.EndpointId)));
        Assert.Contains(reason, job.Route.RuledOut.Select(ruling => ruling.Reason));
        Assert.DoesNotContain(chosen, job.Route.RuledOut.Select(ruling => ruling.Provider));
        Assert.Empty(job.Warnings);
    }

    [Fact]
    public async Task Nobody_is_left_when_the_lists_exclude_all_and_nothing_is_sent()
    {
        var exception = await Assert.ThrowsAsync<RoutingException>(
            () => Router().SubmitAsync(Model(), new TestRequest { Prompt = "p" }, new RouteOptions { Allow = ["a"], Deny = ["a"] }));

        Assert.Equal(RouteStage.Policy, exception.Route!.EmptiedBy);
        Assert.Null(exception.Route.Chosen);
        Assert.Empty(exception.Route.Candidates);
        Assert.Equal(["a", "b", "c"], exception.Route.RuledOut.Select(ruling => ruling.Provider));
        Assert.Contains("a is denied.", exception.Message, StringComparison.Ordinal);
        Assert.All(_protocols.Values, protocol => Assert.Empty(protocol.Submits));
    }

    [Theory]
    // Known prices are compared, and what is not known comes last.
    [InlineData("5 USD job", "4 USD job", "6 USD job", "b,a,c")]
    [InlineData("", "4 USD job", "3 USD job", "c,b,a")]
    [InlineData("", "", "", "a,b,c")]
    [InlineData("2 USD job", "2 USD job", "2.00 USD job", "a,b,c")]
    [InlineData("0 USD job", "", "0.01 USD job", "a,c,b")]
    // Other currencies and units are never compared: those of most candidates are, and of as many those of the first.
    [InlineData("5 USD job", "1 EUR job", "4 USD job", "c,a,b")]
    [InlineData("5 USD job", "1 EUR job", "", "a,b,c")]
    [InlineData("5 USD job", "1 USD second", "4 USD job", "c,a,b")]
    [InlineData("3 USD second", "1 USD second", "2 USD second", "b,c,a")]
    // A quantity that the request states makes them comparable.
    [InlineData("5 USD job", "0.5 USD second steps", "4 USD job", "c,b,a")]
    [InlineData("5 USD job", "0.3 USD second steps", "4 USD job", "b,c,a")]
    [InlineData("5 USD job", "0.3 USD second other", "4 USD job", "c,a,b")]
    public async Task The_cheapest_of_comparable_prices_is_first(string a, string b, string c, string order)
    {
        var model = Model(a, b, c);

        var job = await Router().SubmitAsync(model, new TestRequest { Prompt = "p", Steps = 9 }, new RouteOptions { Policy = RoutePolicy.Cheapest });

        Assert.Equal(order.Split(','), job.Route!.Candidates);
        Assert.Equal(3, job.Route.Notes.Count);
    }

    [Fact]
    public async Task The_notes_say_what_is_not_known_and_what_is_not_compared()
    {
        var job = await Router().SubmitAsync(
            Model("5 USD job", "", "1 EUR second"), new TestRequest { Prompt = "p" }, new RouteOptions { Policy = RoutePolicy.Cheapest });

        Assert.Equal(
            [
                "The price at a is 5 USD per job.",
                "The price at b is not known.",
                "The price at c is 1 EUR per second, which cannot be compared with one in USD per job.",
            ],
            job.Route!.Notes);
    }

    [Fact]
    public async Task The_caller_knows_other_prices()
    {
        var router = Router(source: candidate => candidate.Provider == "c" ? new ModelPrice(0.5m, "USD") : candidate.Price);

        var job = await router.SubmitAsync(
            Model("1 USD job", "2 USD job", ""), new TestRequest { Prompt = "p" }, new RouteOptions { Policy = RoutePolicy.Cheapest });

        Assert.Equal(["c", "a", "b"], job.Route!.Candidates);
    }

    [Fact]
    public async Task The_fastest_in_the_history_is_first_and_who_has_none_is_last()
    {
        var history = new RouteHistory();
        foreach (var seconds in new[] { 9, 1, 2 })
            history.Record("neutral", "b", TimeSpan.FromSeconds(seconds));
        history.Record("neutral", "c", TimeSpan.FromSeconds(3));
        history.Record("another", "a", TimeSpan.FromSeconds(1));

        var job = await Router(history).SubmitAsync(Model(), new TestRequest { Prompt = "p" }, new RouteOptions { Policy = RoutePolicy.Fastest });

        Assert.Equal(["b", "c", "a"], job.Route!.Candidates);
        Assert.Equal(["a has no measured run time.", "b took 2 s in the median.", "c took 3 s in the median."], job.Route.Notes);
    }

    [Fact]
    public async Task Runs_are_measured_and_their_history_is_kept_as_JSON()
    {
        var history = new RouteHistory();
        await Router(history).RunAsync(Model(), new TestRequest { Prompt = "p" });
        await Router(history).SubmitAsync(Model(), new TestRequest { Prompt = "p" });

        Assert.NotNull(history.MedianOf("neutral", "a"));
        Assert.Null(history.MedianOf("neutral", "b"));
        var json = history.ToJson();
        Assert.Matches("""^{"neutral":{"a":\[\d+\]}}$""", json);
        Assert.Equal(json, RouteHistory.Parse(json).ToJson());
        for (var i = 0; i < 30; i++)
            history.Record("neutral", "a", TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.FromHours(1), history.MedianOf("neutral", "a"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"m":{"p":[-1]}}""")]
    [InlineData("""{"m":{"p":["1"]}}""")]
    [InlineData("""{"m":{"p":[1""")]
    [InlineData("""{"m":5}""")]
    [InlineData("""{"\ud800":{}}""")]
    [InlineData("""{"m":{"p":[1]}} {}""")]
    public void A_damaged_history_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => RouteHistory.Parse(json));

    [Fact]
    public async Task The_preferred_provider_is_first_under_any_policy()
    {
        var job = await Router().SubmitAsync(
            Model("1 USD job", "2 USD job", "3 USD job"), new TestRequest { Prompt = "p" },
            new RouteOptions { Policy = RoutePolicy.Cheapest, PreferredProvider = "c" });

        Assert.Equal(["c", "a", "b"], job.Route!.Candidates);
    }

    [Fact]
    public async Task A_provider_that_lacks_a_parameter_comes_after_those_that_have_all()
    {
        var request = new TestRequest { Prompt = "p", Steps = 5 };

        var job = await Router().SubmitAsync(Model(lacksSteps: ["a"]), request);

        Assert.Equal("b", job.Handle.Provider);
        var ruling = Assert.Single(job.Route!.RuledOut);
        Assert.Equal((RouteStage.Request, "a"), (ruling.Stage, ruling.Provider));
        Assert.Contains("b has everything that is given", ruling.Reason, StringComparison.Ordinal);
        Assert.Empty(job.Warnings);
        Assert.Empty(_protocols["a"].Submits);
    }

    [Fact]
    public async Task A_provider_that_lacks_a_parameter_is_used_where_no_other_accepts()
    {
        _protocols["b"].Submit = _ => throw Refused("b", 429);
        _protocols["c"].Submit = _ => throw Refused("c", 429);

        var job = await Router().SubmitAsync(Model(lacksSteps: ["a"]), new TestRequest { Prompt = "p", Steps = 5 });

        Assert.Equal("a", job.Handle.Provider);
        Assert.Equal(["b", "c"], job.Route!.RuledOut.Select(ruling => ruling.Provider));
        Assert.Equal(3, job.Warnings.Count);
        Assert.Equal("a does not support 'steps'; it was omitted.", job.Warnings[2]);
    }

    [Fact]
    public async Task All_parameters_can_be_required()
    {
        var exception = await Assert.ThrowsAsync<RoutingException>(() => Router().SubmitAsync(
            Model(lacksSteps: ["a", "b", "c"]), new TestRequest { Prompt = "p", Steps = 5 }, new RouteOptions { RequireAllParameters = true }));

        Assert.Equal(RouteStage.Request, exception.Route!.EmptiedBy);
        Assert.Equal("a does not have 'steps', and all parameters are required.", exception.Route.RuledOut[0].Reason);
        Assert.All(_protocols.Values, protocol => Assert.Empty(protocol.Submits));
    }

    [Fact]
    public async Task The_report_has_every_stage()
    {
        _protocols["b"].Submit = _ => throw Refused("b", 429);
        _protocols["c"].Submit = _ => throw Refused("c", 402);
        var router = new MediaRouter(new FakeClient(_protocols["b"]), new FakeClient(_protocols["c"]));

        var exception = await Assert.ThrowsAsync<RoutingException>(() => router.SubmitAsync(Model(), new TestRequest { Prompt = "p" }));

        Assert.Equal(
            [(RouteStage.Client, "a"), (RouteStage.Submit, "b"), (RouteStage.Submit, "c")],
            exception.Route!.RuledOut.Select(ruling => (ruling.Stage, ruling.Provider)));
        Assert.Equal("The router has no client for a.", exception.Route.RuledOut[0].Reason);
        Assert.IsType<SubmitException>(exception.Route.RuledOut[1].Exception);
        Assert.Equal(RouteStage.Submit, exception.Route.EmptiedBy);
        Assert.Equal(["b", "c"], exception.Route.Candidates);
    }

    [Fact]
    public async Task A_submit_in_doubt_has_the_report_and_lets_no_other_be_tried()
    {
        _protocols["a"].Submit = _ => throw Refused("a", 429);
        _protocols["b"].Submit = _ => throw new SubmitException("b", "b/model", wasNotAccepted: false, 1, Failure("b", 500));

        var exception = await Assert.ThrowsAsync<SubmitException>(() => Router().SubmitAsync(Model(), new TestRequest { Prompt = "p" }));

        Assert.Equal("b", exception.Route!.Chosen);
        Assert.Equal(["a"], exception.Route.RuledOut.Select(ruling => ruling.Provider));
        Assert.Empty(_protocols["c"].Submits);
    }

    [Fact]
    public async Task The_only_provider_reports_its_own_failure_with_the_stages()
    {
        _protocols["b"].Submit = _ => throw Refused("b", 402);

        var exception = await Assert.ThrowsAsync<SubmitException>(
            () => Router().SubmitAsync(Model(), new TestRequest { Prompt = "p" }, new RouteOptions { Allow = ["b"] }));

        Assert.Equal(["a", "c"], exception.Route!.RuledOut.Select(ruling => ruling.Provider));
    }

    [Fact]
    public async Task What_one_provider_takes_beyond_the_neutral_parameters_is_sent_to_it_alone()
    {
        var options = new RouteOptions
        {
            Extras = new Dictionary<string, ExtraProperties> { ["a"] = new() { ["seed"] = 7, ["prompt"] = "own" }, ["b"] = new() { ["x"] = 1 } },
        };

        await Router().SubmitAsync(Model(), new TestRequest { Prompt = "p" }, options);
        await Router().SubmitAsync(Model(), new TestRequest { Prompt = "p" }, new RouteOptions { PreferredProvider = "c", Extras = options.Extras });

        Assert.Equal("""{"prompt":"own","seed":7}""", _protocols["a"].Submits[0].Input.ToString());
        Assert.Equal("""{"prompt":"p"}""", _protocols["c"].Submits[0].Input.ToString());
    }

    [Fact]
    public async Task Extras_are_validated_as_the_providers_own()
    {
        var options = new RouteOptions { Extras = new Dictionary<string, ExtraProperties> { ["a"] = new() { ["prompt"] = 5 } }, AllowFallback = false };

        await Assert.ThrowsAsync<RequestValidationException>(() => Router().SubmitAsync(Model(), new TestRequest { Prompt = "p" }, options));

        Assert.Empty(_protocols["a"].Submits);
    }

    private MediaRouter Router(RouteHistory? history = null, Func<RouteCandidate, ModelPrice?>? source = null) =>
        new([.. _protocols.Values.Select(protocol => new FakeClient(protocol))]) { History = history ?? new(), PriceSource = source };

    private static NeutralModel<TestRequest, TestResult> Model(string a = "", string b = "", string c = "", string[]? lacksSteps = null) =>
        new("neutral", Route("a", a, lacksSteps), Route("b", b, lacksSteps), Route("c", c, lacksSteps));

    private static ModelRoute<TestRequest, TestResult> Route(string provider, string price, string[]? lacksSteps)
    {
        var parts = price.Split(' ');
        var known = price.Length == 0
            ? null
            : new ModelPrice(
                decimal.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), parts[1], Enum.Parse<PriceUnit>(parts[2], ignoreCase: true),
                parts.ElementAtOrDefault(3));
        return new ModelRoute<TestRequest, TestResult, TestRequest, TestResult>(
            new(provider, provider + "/model"),
            mapping =>
            {
                if (lacksSteps?.Contains(provider) == true)
                    mapping.Omit("steps");
            },
            result => result,
            known);
    }

    private static SubmitException Refused(string provider, int status) => new(provider, provider + "/model", true, 1, Failure(provider, status));

    private static ServiceException Failure(string provider, int status) =>
        new(provider, (HttpStatusCode)status, new ServiceError { Message = $"status {status}" });
}
