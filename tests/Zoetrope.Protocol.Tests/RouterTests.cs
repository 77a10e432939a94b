using Zoetrope.Clients;
using Zoetrope.Jobs;
using Zoetrope.Protocol.Tests.Stubs;
using Zoetrope.Routing;

namespace Zoetrope.Protocol.Tests;

/// <summary>One neutral model at two providers: another one is paid only when the first surely was not.</summary>
public sealed class RouterTests(StubServer<RouterStubs> server) : StubTest<RouterStubs>(server)
{
    private const string Other = "routes/second";

    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public async Task The_preferred_provider_runs_the_model(string preferred)
    {
        using var fal = Fal();
        using var eachlabs = Eachlabs();
        var router = new MediaRouter(fal, eachlabs);

        var result = await router.RunAsync(Clips.Neutral("routes/ok"), Clips.Request, new() { PreferredProvider = preferred, Wait = Wait() });

        Assert.Equal(preferred, result.Handle.Provider);
        Assert.Equal("https://files.example/out.mp4", result.Value.Video?.Url);
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData("fal", "routes/busy")]
    [InlineData("fal", "routes/refused-401")]
    [InlineData("fal", "routes/refused-402")]
    [InlineData("eachlabs", "routes/busy")]
    [InlineData("eachlabs", "routes/refused-401")]
    [InlineData("eachlabs", "routes/refused-402")]
    public async Task It_falls_back_when_the_first_definitely_rejected(string first, string model)
    {
        using var clients = new Pair(this, first);

        var result = await clients.Router.RunAsync(Model(first, model), Clips.Request, new() { Wait = Wait() });

        Assert.NotEqual(first, result.Handle.Provider);
        Assert.Contains(first, Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal("https://files.example/out.mp4", result.Value.Video?.Url);
    }

    [Theory]
    [InlineData("fal")]
    [InlineData("eachlabs")]
    public async Task It_falls_back_from_a_refused_connection(string first)
    {
        using var clients = new Pair(this, first, FakeServer.Nowhere());

        var result = await clients.Router.RunAsync(Clips.Neutral(Other), Clips.Request, new() { Wait = Wait() });

        Assert.NotEqual(first, result.Handle.Provider);
        Assert.Single(result.Warnings);
    }

    [Theory]
    [InlineData("fal", "routes/http-500")]
    [InlineData("fal", "routes/reset")]
    [InlineData("fal", "routes/refused-422")]
    [InlineData("eachlabs", "routes/http-500")]
    [InlineData("eachlabs", "routes/reset")]
    [InlineData("eachlabs", "routes/refused-422")]
    public async Task It_never_falls_back_in_doubt_or_from_a_bad_request(string first, string model)
    {
        using var clients = new Pair(this, first);
        var second = first == "fal" ? "eachlabs" : "fal";
        var neutral = new NeutralModel<Clip.Request, Clip.Result>("clip", Clips.Route(first, model), Clips.Route(second, "routes/never-sent"));

        var exception = await Assert.ThrowsAsync<SubmitException>(() => clients.Router.RunAsync(neutral, Clips.Request, new() { Wait = Wait() }));

        Assert.Equal(first, exception.Provider);
        Assert.Equal(1, Server.Count(Submits(first, model)));
        Assert.Equal(0, Server.Count(Submits(second, "routes/never-sent")));
    }

    [Fact]
    public async Task It_does_not_fall_back_when_fallback_is_disabled()
    {
        using var clients = new Pair(this, "fal");

        var exception = await Assert.ThrowsAsync<SubmitException>(
            () => clients.Router.RunAsync(Model("fal", "routes/busy"), Clips.Request, new() { AllowFallback = false, Wait = Wait() }));

        Assert.True(exception.WasNotAccepted);
    }

    private static NeutralModel<Clip.Request, Clip.Result> Model(string first, string model) =>
        new("clip", Clips.Route(first, model), Clips.Route(first == "fal" ? "eachlabs" : "fal", Other));

    private sealed class Pair : IDisposable
    {
        private readonly MediaClient _first;
        private readonly MediaClient _second;

        public Pair(RouterTests tests, string first, Uri? firstUrl = null)
        {
            _first = tests.Client(first, options =>
            {
                options.SubmitAttempts = 1;
                options.BaseUrl = firstUrl ?? options.BaseUrl;
            });
            _second = tests.Client(first == "fal" ? "eachlabs" : "fal");
            Router = new MediaRouter(_first, _second);
        }

        public MediaRouter Router { get; }

        public void Dispose()
        {
            _first.Dispose();
            _second.Dispose();
        }
    }
}
