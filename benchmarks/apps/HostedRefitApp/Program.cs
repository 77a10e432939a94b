// The same as HostedApp, with a client of Refit in the services of a host and by hand: `serve` is the server, in a process of its own; a URL measures.

using System.Net.Http.Headers;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Refit;

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
    services.AddRefitGeneratedClient<IQueueApi>(AppJson.Default).ConfigureHttpClient(Configure);
    return services.BuildServiceProvider();
});
var hosted = HostCost.Once("first resolve", provider.GetRequiredService<IQueueApi>);
var own = HostCost.Once("by hand after it", ByHand);

await HostCost.CompareAsync("poll", own, hosted, client => client.StatusAsync("job-1"));
await HostCost.CompareAsync("submit", own, hosted, client => client.SubmitAsync(new()));

var many = new ServiceCollection();
for (var i = 0; i < HostCost.Clients; i++)
    many.AddKeyedRefitGeneratedClient<IQueueApi>("client-" + i, AppJson.Default).ConfigureHttpClient(Configure);
await using var container = many.BuildServiceProvider();
HostCost.Memory("memory of a client of a host", i => container.GetRequiredKeyedService<IQueueApi>("client-" + i));
HostCost.Memory("memory of a client by hand", _ => ByHand());

IQueueApi ByHand()
{
    var http = new HttpClient();
    Configure(http);
    return RestService.ForGenerated<IQueueApi>(http, AppJson.Default);
}

void Configure(HttpClient http)
{
    http.BaseAddress = url;
    http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Key", Key);
}

public interface IQueueApi
{
    [Post("/some/model")]
    Task<QueueStatus> SubmitAsync([Body] Input input);

    [Get("/some/model/requests/{id}/status")]
    Task<QueueStatus> StatusAsync(string id);
}

public sealed class Input;

public sealed class QueueStatus
{
    public required string Status { get; set; }

    public required string RequestId { get; set; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Input))]
[JsonSerializable(typeof(QueueStatus))]
internal sealed partial class AppJson : JsonSerializerContext;
