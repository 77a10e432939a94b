using WireMock.Logging;
using WireMock.Matchers;
using WireMock.RequestBuilders;
using WireMock.Server;
using WireMock.Settings;
using Zoetrope.Clients;
using Zoetrope.Jobs.Tests;
using Zoetrope.Models;
using Zoetrope.Protocol.Tests.Stubs;

namespace Zoetrope.Faults.Tests;

/// <summary>WireMock.Net with stubs of what was written down by hand. It knows the provider's own hosts, and no declaration.</summary>
internal sealed class PlayedByWireMock : Played
{
    private readonly WireMockServer _server = WireMockServer.Start(new WireMockServerSettings { Logger = new WireMockNullLogger() });

    public PlayedByWireMock(DeclaredProvider provider, Facts facts)
        : base(provider)
    {
        Facts = facts;
        foreach (var exchange in facts.Exchanges)
            new Stub(_server, $"{exchange.Method} {exchange.Target}", RequestOf(exchange)).Gives(exchange.Responses);
    }

    public override string Name => "WireMock.Net";

    public override int Port => _server.Port;

    public override Facts Facts { get; }

    public override ModelInfo Model => Provider.Description.Models.First(model => model.Endpoint.Id == Facts.Model);

    public override void Begin() => _server.ResetScenarios();

    public override void Start()
    {
        // The stubs' first status is of a job that runs.
    }

    public override void End()
    {
        // Their last one is of a job that has completed.
    }

    public override MediaClient Connect(Uri proxy) => Provider.Connect(
        Keys.Declared,
        options =>
        {
            options.HttpClient = HttpClientsOfUsers.Create(HttpKind.Named, proxy);
            SetTimes(options);
        });

    public override ValueTask DisposeAsync()
    {
        _server.Dispose();
        return ValueTask.CompletedTask;
    }

    private IRequestBuilder RequestOf(Exchange exchange)
    {
        var (path, query) = exchange.Target.Split('?') is [var before, var after] ? (before, after) : (exchange.Target, null);
        var request = Request.Create().WithPath(path).UsingMethod(exchange.Method).WithHeader("Host", exchange.Host);
        foreach (var (name, value) in Facts.Headers)
            request = request.WithHeader(name, new ExactMatcher(value));
        if (query?.Split('=') is [var parameter, var wanted])
            request = request.WithParam(parameter, wanted);
        return exchange.Body is { } body ? request.WithBody(new JsonPartialMatcher(body)) : request;
    }
}
