using System.Net;
using System.Net.Sockets;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using Zoetrope.Extensions.OpenTelemetry;

namespace Zoetrope.DashboardRun;

/// <summary>The metrics of this process for a Prometheus.</summary>
internal sealed class Exporter : IDisposable
{
    private readonly MeterProvider _meter;

    public Exporter()
    {
        Port = FreePort();
        _meter = Sdk.CreateMeterProviderBuilder().AddZoetropeInstrumentation()
            .AddPrometheusHttpListener(options => (options.Host, options.Port) = ("localhost", Port)).Build();
    }

    public int Port { get; }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose() => _meter.Dispose();
}
