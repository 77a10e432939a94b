using System.Net;
using System.Net.Sockets;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using Zoetrope.Extensions.OpenTelemetry;

namespace Zoetrope.Telemetry.Tests.Dashboard;

/// <summary>The metrics of this process as a Prometheus reads them, over HTTP.</summary>
internal sealed class Scrape : IDisposable
{
    private readonly MeterProvider _meter;

    public Scrape()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Port = ((IPEndPoint)free.LocalEndpoint).Port;
        }
        _meter = Sdk.CreateMeterProviderBuilder().AddZoetropeInstrumentation()
            .AddPrometheusHttpListener(options => (options.Host, options.Port) = ("localhost", Port))
            .Build();
    }

    public int Port { get; }

    public async Task<string> ReadAsync(CancellationToken ct)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(new Uri($"http://localhost:{Port}/metrics"), ct);
    }

    public void Dispose() => _meter.Dispose();
}
