using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Zoetrope.Fal;
using Zoetrope.Jobs.Orleans;
using Zoetrope.Jobs.Sqlite;

namespace Zoetrope.Ledger.Engines.Tests;

/// <summary>The sample of the README of Zoetrope.Jobs.Orleans.</summary>
internal static class OrleansSample
{
    public static void Run()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddSingleton(_ => new FalClient());   // the key is in FAL_KEY
        builder.UseOrleans(silo => silo
            .UseLocalhostClustering()
            .AddZoetropeJobs(services => new() { Clients = [services.GetRequiredService<FalClient>()] })
            .UseSqlite("jobs.db"));   // PostgreSQL for silos on several machines
        builder.Build().Run();
    }
}
