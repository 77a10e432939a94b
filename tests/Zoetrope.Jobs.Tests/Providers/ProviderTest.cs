using System.Text.Json.Nodes;
using Zoetrope.Http;

namespace Zoetrope.Jobs.Tests.Providers;

/// <summary>What the tests of providers share: responses are written by hand from the provider's documentation, not derived from the declaration.</summary>
public abstract class ProviderTest
{
    protected const string Key = "test-key";

    private readonly FakeTime _time = new() { FireAtOnce = TimeSpan.FromMinutes(1) };

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The waits between polls, which are over at once.</summary>
    protected IReadOnlyList<TimeSpan> Waits => _time.Fired;

    protected static Func<FakeServer.Exchange, Task> Json(string json) => FakeServer.Reply(200, json);

    /// <summary>Options with which a client reaches a server on this machine under the provider's own addresses.</summary>
    protected T Options<T>(FakeServer server)
        where T : MediaClientOptions, new() => new()
        {
            HttpClient = new HttpClient(new LocalHosts(server.Url)),
            TimeProvider = _time,
            Jitter = new Random(1),
        };

    /// <summary>The method, host and path of each request.</summary>
    protected static IEnumerable<string> Lines(FakeServer server) => server.Requests.Select(request =>
    {
        var line = request[..request.IndexOf(" HTTP", StringComparison.Ordinal)].Split(' ');
        return $"{line[0]} {Header(request, "Host")}{line[1]}";
    });

    protected static string? Header(string request, string name) => request.Split("\r\n")
        .FirstOrDefault(line => line.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))?[(name.Length + 2)..];

    /// <summary>Holds the body of a request, whatever the order of its members.</summary>
    protected static void AssertBody(string expected, string request)
    {
        var body = request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(body)), body);
    }

    /// <summary>The changes of the status of a job.</summary>
    protected static WaitOptions Watch(List<JobStatus> updates) => new() { OnUpdate = updates.Add };
}
