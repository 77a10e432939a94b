using Zoetrope.BlackForestLabs;
using Zoetrope.Catalog;
using Zoetrope.Clients;
using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Luma;
using Zoetrope.Replicate;
using Zoetrope.Routing;
using Zoetrope.Runway;
using Zoetrope.Validation;
using Flux2Pro = Zoetrope.Catalog.Flux2Pro;

namespace Zoetrope.Simulator.Tests;

/// <summary>The vendored catalog's models at every provider that serves them, over real sockets.</summary>
public sealed class CatalogTests
{
    private static ImageToVideo.Request Video() => new()
    {
        ImageUrl = Clients.Picture,
        Prompt = "She turns around",
        Duration = 5,
        AspectRatio = ImageToVideo.AspectRatio.Ratio9x16,
    };

    [Theory]
    [InlineData("fal")]
    [InlineData("bfl")]
    [InlineData("replicate")]
    public async Task An_image_is_made_at_each_provider(string provider)
    {
        await using var simulator = await Support.StartAsync();
        using var clients = new RouterClients(simulator);
        var request = new Flux2Pro.Request
        {
            Prompt = "A zoetrope",
            Width = 1024,
            Height = 768,
            Seed = 7,
            SafetyTolerance = 2,
            OutputFormat = Flux2Pro.OutputFormat.Jpeg,
        };

        var result = await clients.Router.Flux2Pro.RunAsync(request, new() { PreferredProvider = provider, Wait = Clients.Quickly });

        Assert.Equal((provider, provider), (result.Handle.Provider, result.Route!.Chosen));
        Assert.StartsWith($"{simulator.BaseUrl}", Assert.Single(result.Value.Images).Url, StringComparison.Ordinal);
        Assert.Empty(result.Warnings);
        Assert.Equal((1, 1), (simulator.Counts.Submits, simulator.CountsOf(provider).Accepted));
        Assert.NotNull(clients.Router.History.MedianOf("flux-2-pro", provider));
    }

    [Theory]
    [InlineData("runway")]
    [InlineData("luma")]
    public async Task A_video_starts_from_an_image_at_each_provider(string provider)
    {
        await using var simulator = await Support.StartAsync();
        using var clients = new RouterClients(simulator);

        var result = await clients.Router.ImageToVideo.RunAsync(Video(), new() { PreferredProvider = provider, Wait = Clients.Quickly });

        Assert.Equal(provider, result.Handle.Provider);
        Assert.StartsWith($"{simulator.BaseUrl}", result.Value.Video.Url, StringComparison.Ordinal);
        Assert.Equal((1, 1), (simulator.Counts.Submits, simulator.CountsOf(provider).Accepted));
    }

    [Fact]
    public async Task A_provider_that_cannot_do_it_is_ruled_out_before_anything_is_sent()
    {
        await using var simulator = await Support.StartAsync();
        using var clients = new RouterClients(simulator);

        var result = await clients.Router.Flux2Pro.RunAsync(
            new() { Prompt = "A zoetrope", ImageUrls = [Clients.Picture, Clients.Picture] }, new() { Wait = Clients.Quickly });

        Assert.Equal("bfl", result.Handle.Provider);
        var ruling = Assert.Single(result.Route!.RuledOut);
        Assert.Equal((RouteStage.Request, "fal", "fal-ai/flux-2-pro"), (ruling.Stage, ruling.Provider, ruling.EndpointId));
        Assert.Contains("image_urls: is not a parameter of this model", ruling.Reason, StringComparison.Ordinal);
        Assert.Equal((0, 1), (simulator.CountsOf("fal").Submits, simulator.CountsOf("bfl").Accepted));
    }

    [Fact]
    public async Task Nobody_is_paid_where_nobody_can_do_it()
    {
        await using var simulator = await Support.StartAsync();
        using var clients = new RouterClients(simulator);
        var request = new Flux2Pro.Request { Prompt = "A zoetrope", ImageUrls = [Clients.Picture] };

        var exception = await Assert.ThrowsAsync<RequestValidationException>(
            () => clients.Router.Flux2Pro.RunAsync(request, new() { Deny = ["bfl", "replicate"] }));

        Assert.Equal(0, simulator.Counts.Submits);
        Assert.Equal("image_urls", Assert.Single(exception.Result.Issues).Path);
        Assert.Equal(RouteStage.Request, exception.Route!.EmptiedBy);
        Assert.Equal(["bfl", "replicate", "fal"], exception.Route.RuledOut.Select(ruling => ruling.Provider));
    }

    [Fact]
    public async Task The_next_provider_takes_over_when_the_first_surely_did_not_accept()
    {
        await using var simulator = await Support.StartAsync();
        simulator.AddFault(new() { Kind = FaultKind.Status, Provider = "runway", StatusCode = 429, Times = 100 });
        using var clients = new RouterClients(simulator);

        var result = await clients.Router.ImageToVideo.RunAsync(Video(), new() { Wait = Clients.Quickly });

        Assert.Equal("luma", result.Handle.Provider);
        Assert.Equal((RouteStage.Submit, "runway"), result.Route!.RuledOut.Select(ruling => (ruling.Stage, ruling.Provider)).Single());
        Assert.IsType<SubmitException>(result.Route.RuledOut[0].Exception);
        Assert.Equal((0, 1), (simulator.CountsOf("runway").Accepted, simulator.CountsOf("luma").Accepted));
    }

    [Fact]
    public async Task Nobody_takes_over_in_doubt()
    {
        await using var simulator = await Support.StartAsync();
        simulator.AddFault(new() { Kind = FaultKind.Reset, Provider = "runway", CarryOut = true });
        using var clients = new RouterClients(simulator);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => clients.Router.ImageToVideo.RunAsync(Video()));

        Assert.Equal("runway", exception.Route!.Chosen);
        Assert.Equal((1, 0), (simulator.CountsOf("runway").Accepted, simulator.CountsOf("luma").Submits));
    }

    [Fact]
    public async Task The_fastest_in_the_history_of_another_process_is_first()
    {
        await using var simulator = await Support.StartAsync();
        using var clients = new RouterClients(simulator, RouteHistory.Parse("""{"image-to-video":{"runway":[60000],"luma":[30000]}}"""));

        var result = await clients.Router.ImageToVideo.RunAsync(Video(), new() { Policy = RoutePolicy.Fastest, Wait = Clients.Quickly });

        Assert.Equal("luma", result.Handle.Provider);
    }

    [Fact]
    public async Task What_one_provider_has_beyond_the_neutral_parameters_stays_reachable()
    {
        await using var simulator = await Support.StartAsync();
        using var clients = new RouterClients(simulator);
        var extras = new Dictionary<string, ExtraProperties> { ["fal"] = new() { ["enable_safety_checker"] = false, ["image_size"] = "square_hd" } };
        var request = new Flux2Pro.Request { Prompt = "A zoetrope" };

        var result = await clients.Router.Flux2Pro.RunAsync(request, new() { Extras = extras, Wait = Clients.Quickly });

        Assert.Equal("fal", result.Handle.Provider);
        Assert.True(result.Raw.ToString().Contains("seed", StringComparison.Ordinal));
        Assert.True(result.Value.ExtraProperties.TryGetValue("seed", out _));
    }

    [Fact]
    public async Task A_job_of_a_declared_provider_is_resumed_by_its_handle()
    {
        await using var simulator = await Support.StartAsync();
        using var clients = new RouterClients(simulator);
        var handle = (await clients.Router.ImageToVideo.SubmitAsync(Video(), new() { PreferredProvider = "luma" })).Handle.ToString();

        var result = await clients.Router.ImageToVideo.Resume(JobHandle.Parse(handle)).WaitAsync(Clients.Quickly);

        Assert.StartsWith($"{simulator.BaseUrl}", result.Value.Video.Url, StringComparison.Ordinal);
        Assert.Null(result.Route);
        Assert.Equal(1, simulator.Submits);
    }

    /// <summary>A router over all providers of the catalog, at a simulator.</summary>
    private sealed class RouterClients : IDisposable
    {
        private readonly MediaClient[] _clients;

        public RouterClients(MediaSimulator simulator, RouteHistory? history = null)
        {
            _clients =
            [
                simulator.Fal(attempts: 1),
                new BlackForestLabsClient(new BlackForestLabsClientOptions { BaseUrl = new(simulator.BaseUrl, "bfl"), ApiKey = "key", SubmitAttempts = 1 }),
                new ReplicateClient(new ReplicateClientOptions { BaseUrl = new(simulator.BaseUrl, "replicate"), ApiKey = "key", SubmitAttempts = 1 }),
                new RunwayClient(new RunwayClientOptions { BaseUrl = new(simulator.BaseUrl, "runway"), ApiKey = "key", SubmitAttempts = 1 }),
                new LumaClient(new LumaClientOptions { BaseUrl = new(simulator.BaseUrl, "luma"), ApiKey = "key", SubmitAttempts = 1 }),
            ];
            Router = new MediaRouter(_clients) { History = history ?? new() };
        }

        public MediaRouter Router { get; }

        public void Dispose()
        {
            foreach (var client in _clients)
                client.Dispose();
        }
    }
}
