using System.Globalization;
using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Zoetrope.Fal;
using Zoetrope.Jobs.Orleans;
using Zoetrope.Jobs.Sqlite;
using Zoetrope.Ledger.Silo;

// A silo that tests kill: LEDGER BASE-URL SILO-PORT GATEWAY-PORT PRIMARY-PORT. It writes a line when it has joined the cluster.
using var fal = new FalClient(new FalClientOptions { BaseUrl = new Uri(args[1]), ApiKey = "test-key", SubmitTimeout = TimeSpan.FromSeconds(5) });
var builder = Host.CreateEmptyApplicationBuilder(null);
builder.Logging.AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Error);
builder.UseOrleans(silo => silo
    .UseLocalhostClustering(Port(2), Port(3), new IPEndPoint(IPAddress.Loopback, Port(4)))
    .UseQuickMembership()
    .AddZoetropeJobs(_ => new() { Clients = [fal], Lease = TimeSpan.FromSeconds(1), PollInterval = TimeSpan.FromMilliseconds(30), Parallel = 2 })
    .UseSqlite(args[0]));
using var host = builder.Build();
await host.StartAsync();
Console.WriteLine("joined");
await host.WaitForShutdownAsync();

int Port(int index) => int.Parse(args[index], CultureInfo.InvariantCulture);
