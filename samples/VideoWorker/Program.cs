// A worker that makes a video of each order in the folder orders, and stores it in the folder videos. Its jobs are in a ledger, jobs.db: kill it whenever you
// like, and start it again; no order is paid for twice, and none is lost.
// The key is in FAL_KEY, or in the setting Zoetrope:Fal:ApiKey; with FAL_BASE_URL it runs against the simulator.

using VideoWorker;
using Zoetrope.Extensions.Hosting;
using Zoetrope.Fal;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Delivery;
using Zoetrope.Jobs.Sqlite;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddFal();
builder.Services.AddZoetropeJobs(services => new()
{
    Clients = [services.GetRequiredService<FalClient>()],
    Outputs = new FolderOutputStore("videos"),
}).UseSqlite("jobs.db");
builder.Services.AddHostedService<OrderReader>();

// What came of a submit is stored before the worker ends.
builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMinutes(2));

builder.Build().Run();
