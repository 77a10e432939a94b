using System.Globalization;
using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using StackExchange.Redis;
using Zoetrope.Fal;
using Zoetrope.Jobs.Delivery;
using Zoetrope.Jobs.Orleans;
using Zoetrope.Jobs.Postgres;
using Zoetrope.Jobs.Sqlite;
using Zoetrope.Ledger.Silo;

// A silo that tests kill: STORE BASE-URL SILO-PORT GATEWAY-PORT MEMBERS OUTPUT-FOLDER WEBHOOK-URL, where STORE is sqlite:PATH or postgres:CONNECTION-STRING,
// and MEMBERS the port of the silo that has the table of members, or redis:ADDRESS. It writes a line when it has joined the cluster.
using var fal = new FalClient(new FalClientOptions { BaseUrl = new Uri(args[1]), ApiKey = "test-key", SubmitTimeout = TimeSpan.FromSeconds(5) });
var builder = Host.CreateEmptyApplicationBuilder(null);
builder.Logging.AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Error);
builder.UseOrleans(silo =>
{
    Join(silo, args[4].Split(':', 2));
    var jobs = silo.UseQuickMembership()
        .AddZoetropeJobs(_ => new()
        {
            Clients = [fal],
            Outputs = new FolderOutputStore(args[5]),
            WebhookUrl = new Uri(args[6]),
            Lease = TimeSpan.FromSeconds(1),
            PollInterval = TimeSpan.FromMilliseconds(30),
            Parallel = 2,
        });
    _ = args[0].Split(':', 2) switch
    {
        ["sqlite", var path] => jobs.UseSqlite(path),
        ["postgres", var connection] => jobs.UsePostgres(connection),
        _ => throw new ArgumentException($"'{args[0]}' is not a store."),
    };
});
using var host = builder.Build();
await host.StartAsync();
Console.WriteLine("joined");
await host.WaitForShutdownAsync();

void Join(ISiloBuilder silo, string[] members)
{
    if (members is not ["redis", var address])
    {
        silo.UseLocalhostClustering(Port(2), Port(3), new IPEndPoint(IPAddress.Loopback, Port(4)));
        return;
    }
    silo.UseRedisClustering(options => options.ConfigurationOptions = ConfigurationOptions.Parse(address))
        .UseRedisReminderService(options => options.ConfigurationOptions = ConfigurationOptions.Parse(address))
        .Configure<EndpointOptions>(options => (options.AdvertisedIPAddress, options.SiloPort, options.GatewayPort) = (IPAddress.Loopback, Port(2), Port(3)));
}

int Port(int index) => int.Parse(args[index], CultureInfo.InvariantCulture);
