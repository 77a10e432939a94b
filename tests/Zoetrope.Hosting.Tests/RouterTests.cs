using Microsoft.Extensions.Hosting;
using Zoetrope.Catalog;
using Zoetrope.Extensions.Hosting;
using Zoetrope.Routing;
using Zoetrope.Simulator;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Hosting.Tests;

/// <summary>A router is a service over clients that are services.</summary>
public sealed class RouterTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(new string[0], null, "fal")]
    [InlineData(new[] { "Eachlabs:eu", "Fal" }, null, "eachlabs")]
    [InlineData(new string[0], "eachlabs:EU", "eachlabs")]
    [InlineData(new[] { "Fal" }, "Eachlabs:eu", "fal")]
    public async Task Its_order_is_that_of_the_code_or_of_the_configuration(string[] names, string? configured, string expected)
    {
        await using var simulator = await MediaSimulator.StartAsync(
            new() { QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.FromMilliseconds(1) }, Token);
        var settings = TestServices.At(simulator.BaseUrl);
        foreach (var (key, value) in TestServices.At(simulator.BaseUrl, "Eachlabs:eu"))
            settings[key] = value;
        if (configured is not null)
            settings["Zoetrope:Router:Clients:0"] = configured;
        await using var services = new TestServices(settings, services =>
        {
            services.AddMediaRouter(names);
            services.AddFal();
            services.AddEachlabs("eu");
        });

        var job = await services.Get<MediaRouter>().KlingO3ProImageToVideo.SubmitAsync(
            new() { ImageUrl = "https://example.com/a.png", Prompt = "She walks" }, cancellationToken: Token);

        Assert.Equal(expected, job.Handle.Provider);
    }

    [Fact]
    public async Task A_router_of_the_users_own_making_has_the_same_clients()
    {
        var count = 0;
        await using var services = new TestServices(TestServices.At(Nowhere()), services =>
        {
            services.AddFal();
            services.AddMediaRouter((_, clients) =>
            {
                count = clients.Length;
                return new MediaRouter(clients) { PriceSource = static _ => null };
            });
        });

        Assert.NotNull(services.Get<MediaRouter>().PriceSource);
        Assert.Equal(1, count);
    }

    [Fact]
    public async Task A_client_that_was_not_added_stops_the_host()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["Zoetrope:Fal:ApiKey"] = TestServices.Key;
        builder.Services.AddFal();
        builder.Services.AddMediaRouter("Fal", "Runway");
        using var host = builder.Build();

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(Token));

        Assert.Contains("'Runway'", exception.Message);
        Assert.Contains("Those that were: Fal.", exception.Message);
    }

    [Theory]
    [InlineData("Zoetrope:Router:Client:0", "Fal")]
    [InlineData("Zoetrope:Router:Clients", "Fal")]
    public async Task A_setting_that_is_not_the_list_is_refused(string setting, string value)
    {
        var settings = TestServices.At(Nowhere());
        settings[setting] = value;
        await using var services = new TestServices(settings, services => services.AddMediaRouter().AddFal());

        Assert.Contains("Zoetrope:Router:Client", Assert.Throws<InvalidOperationException>(() => services.Get<MediaRouter>()).Message);
    }

    [Fact]
    public void A_second_router_is_refused()
    {
        var services = new Microsoft.Extensions.DependencyInjection.ServiceCollection();
        services.AddMediaRouter("Fal");

        Assert.Throws<InvalidOperationException>(() => services.AddMediaRouter("Eachlabs"));
    }

    [Fact]
    public async Task A_router_without_clients_says_how_to_add_some()
    {
        await using var services = new TestServices([], services => services.AddMediaRouter());

        Assert.Contains("AddFal()", Assert.Throws<InvalidOperationException>(() => services.Get<MediaRouter>()).Message);
    }
}
