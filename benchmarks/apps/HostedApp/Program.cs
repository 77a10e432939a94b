// What a client of a host costs over one that is made by hand: `HostedApp serve` is the server, in a process of its own; `HostedApp URL` measures.

using Microsoft.Extensions.DependencyInjection;
using Zoetrope.Extensions.Hosting;
using Zoetrope.Fal;
using Zoetrope.Jobs;
using Zoetrope.Json;

const string Key = "id:secret-0123456789";

if (args[0] == "serve")
{
    await HostCost.ServeAsync();
    return;
}

var url = new Uri(args[0]);
await using var provider = HostCost.Once("registration and container", () =>
{
    var services = new ServiceCollection();
    services.AddFal(options => (options.BaseUrl, options.ApiKey) = (url, Key));
    return services.BuildServiceProvider();
});
var hosted = HostCost.Once("first resolve", provider.GetRequiredService<FalClient>);
using var own = HostCost.Once("new FalClient after it", ByHand);

var handle = new JobHandle("fal", "some/model", "job-1");
await HostCost.CompareAsync("poll", own, hosted, client => client.Protocol.GetStatusAsync(handle, logs: false, default));
await HostCost.CompareAsync("submit", own, hosted, client => client.SubmitAsync("some/model", RawJson.Parse("{}")));

var many = new ServiceCollection();
for (var i = 0; i < HostCost.Clients; i++)
    many.AddFal("client-" + i, options => (options.BaseUrl, options.ApiKey) = (url, Key));
await using var container = many.BuildServiceProvider();
HostCost.Memory("memory of a client of a host", i => container.GetRequiredKeyedService<FalClient>("client-" + i));
HostCost.Memory("memory of a client by hand", _ => ByHand());

FalClient ByHand() => new(new() { BaseUrl = url, ApiKey = Key });
