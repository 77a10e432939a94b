using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Routing;
using Zoetrope.Validation;

namespace Zoetrope.Tests;

/// <summary>What a caller gives is sent to a provider, or rules the provider out; it is never silently changed or omitted.</summary>
public sealed class RouteMappingTests
{
    private readonly Dictionary<string, FakeProtocol> _protocols = new() { ["a"] = new FakeProtocol("a"), ["b"] = new FakeProtocol("b") };

    [Fact]
    public async Task What_a_provider_cannot_take_rules_it_out_also_without_validation()
    {
        var model = Model(mapping => mapping.Refuse("steps"));

        var job = await Router().SubmitAsync(
            model, new TestRequest { Prompt = "p", Steps = 5 }, new RouteOptions { Submit = new SubmitOptions { Validate = false } });

        Assert.Equal("b", job.Handle.Provider);
        Assert.Empty(_protocols["a"].Submits);
        Assert.Equal("""{"prompt":"p","steps":5}""", _protocols["b"].Submits[0].Input.ToString());
    }

    [Fact]
    public async Task A_value_without_a_meaning_is_never_left_out()
    {
        var model = Model(mapping => mapping.Values("steps", "/steps", "5", "50"));
        var options = new RouteOptions { Submit = new SubmitOptions { Validate = false }, Allow = ["a"] };
        var warnings = new List<string>();

        await Assert.ThrowsAsync<RequestValidationException>(() => Router().SubmitAsync(model, new TestRequest { Prompt = "p", Steps = 6 }, options));
        model.MapRequest("a", RawJson.Parse("""{"prompt":"p","steps":6}"""), warnings);

        Assert.Empty(_protocols["a"].Submits);
        Assert.Contains("steps", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"prompt":"p","first":"1","last":"2"}""", """["1","2"]""", true)]
    [InlineData("""{"prompt":"p","first":"1"}""", """["1"]""", true)]
    [InlineData("""{"prompt":"p","last":"2"}""", """["2"]""", false)]
    public void Items_are_where_their_indexes_say_and_none_moves_to_the_place_of_another(string input, string tags, bool isValid)
    {
        var model = Model(mapping =>
        {
            mapping.Move("last", "/tags/1");
            mapping.Move("first", "/tags/0");
        });

        Assert.Equal($$"""{"prompt":"p","tags":{{tags}}}""", model.MapRequest("a", RawJson.Parse(input), []).ToString());
        var issues = model.Validate("a", RawJson.Parse(input)).Issues;
        Assert.Equal(isValid ? [] : ["tags[0]: is required"], issues.Select(issue => issue.ToString()).Where(issue => issue.StartsWith("tags", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_parameter_that_another_one_means_is_reported()
    {
        var model = Model(mapping => mapping.Move("count", "/steps"));

        var issues = model.Validate("a", RawJson.Parse("""{"prompt":"p","count":5,"steps":7}""")).Issues;

        Assert.Contains(issues, issue => issue.Path == "steps");
    }

    [Fact]
    public async Task An_option_that_one_provider_does_not_have_lets_the_next_be_tried()
    {
        _protocols["a"].Submit = _ => throw new ArgumentException("a does not support a webhook of a submit. Nothing was sent.");

        var job = await Router().SubmitAsync(Model(_ => { }), new TestRequest { Prompt = "p" });

        Assert.Equal("b", job.Handle.Provider);
        Assert.Contains("does not support a webhook", Assert.Single(job.Route!.RuledOut).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extras_belong_to_a_provider_of_the_model_in_any_spelling()
    {
        var extras = new Dictionary<string, ExtraProperties> { ["A"] = new() { ["seed"] = 7 } };
        var others = new Dictionary<string, ExtraProperties> { ["z"] = new() { ["seed"] = 7 } };

        await Router().SubmitAsync(Model(_ => { }), new TestRequest { Prompt = "p" }, new RouteOptions { Extras = extras });
        var exception = await Assert.ThrowsAsync<ArgumentException>(
            () => Router().SubmitAsync(Model(_ => { }), new TestRequest { Prompt = "p" }, new RouteOptions { Extras = others }));

        Assert.Equal("""{"prompt":"p","seed":7}""", _protocols["a"].Submits[0].Input.ToString());
        Assert.Contains("extras for z", exception.Message, StringComparison.Ordinal);
        Assert.Single(_protocols["a"].Submits);
    }

    private MediaRouter Router() => new([.. _protocols.Values.Select(protocol => new FakeClient(protocol))]);

    private static NeutralModel<TestRequest, TestResult> Model(Action<RequestMapping> map) => new("neutral", Route("a", map), Route("b", _ => { }));

    private static ModelRoute<TestRequest, TestResult> Route(string provider, Action<RequestMapping> map) =>
        new ModelRoute<TestRequest, TestResult, TestRequest, TestResult>(new(provider, provider + "/model"), map, result => result);
}
