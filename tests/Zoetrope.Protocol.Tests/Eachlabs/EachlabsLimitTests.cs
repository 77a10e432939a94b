using Zoetrope.Clients;
using Zoetrope.Eachlabs;
using Zoetrope.Jobs;
using Zoetrope.Json;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Protocol.Tests.Eachlabs;

/// <summary>The limits of a key hold for all clients of the process that use it.</summary>
public sealed class EachlabsLimitTests
{
    private static readonly RawJson _input = RawJson.Parse("{}");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Clients_with_one_key_count_together_in_either_header()
    {
        await using var server = new FakeServer(Created("p-1"), Created("p-2"), Reply(200, """{"id":"p-1","status":"success","output":"x","metrics":{}}"""), Created("p-3"));
        using var first = Client(server.Url, "smk_one-key-1234", EachlabsAuth.XApiKey);
        using var second = Client(server.Url, "smk_one-key-1234", EachlabsAuth.Bearer);

        var job = await first.SubmitAsync("m", _input, cancellationToken: Token);
        await second.SubmitAsync("m", _input, cancellationToken: Token);
        foreach (var client in (EachlabsClient[])[first, second])
        {
            var exception = await Assert.ThrowsAsync<SubmitLimitException>(() => client.SubmitAsync("m", _input, cancellationToken: Token));
            Assert.Contains("eachlabs:m:p-1, eachlabs:m:p-2", exception.Message, StringComparison.Ordinal);
        }
        await second.Resume(job.Handle).WaitAsync(cancellationToken: Token);
        var next = await first.SubmitAsync("m", _input, cancellationToken: Token);

        Assert.Equal(("p-3", 4), (next.Handle.JobId, server.Requests.Length));
    }

    [Fact]
    public async Task Clients_that_are_made_for_a_single_job_are_within_the_limits_too()
    {
        await using var server = new FakeServer(Created("p-1"), Created("p-2"), Created("p-3"));

        for (var job = 0; job < 2; job++)
        {
            using var client = Client(server.Url, "smk_short-lived-1234");
            await client.SubmitAsync("m", _input, cancellationToken: Token);
        }
        GC.Collect();
        using var last = Client(server.Url, "smk_short-lived-1234");
        await Assert.ThrowsAsync<SubmitLimitException>(() => last.SubmitAsync("m", _input, cancellationToken: Token));

        Assert.Equal(2, server.Requests.Length);
    }

    [Fact]
    public async Task Another_key_and_another_server_have_limits_of_their_own()
    {
        await using var server = new FakeServer(Created("p-1"));
        await using var other = new FakeServer(Created("p-2"));
        using var first = Client(server.Url, "smk_first-key-1234");
        using var second = Client(server.Url, "smk_second-key-1234");
        using var third = Client(other.Url, "smk_first-key-1234");

        foreach (var client in (EachlabsClient[])[first, second, third])
        {
            for (var job = 0; job < 2; job++)
                await client.SubmitAsync("m", _input, cancellationToken: Token);
        }

        Assert.Equal((4, 2), (server.Requests.Length, other.Requests.Length));
    }

    [Fact]
    public async Task Submits_of_many_clients_never_exceed_the_creates_of_a_minute()
    {
        await using var server = new FakeServer(Created("p"));
        var limits = new SubmitLimits { CreatesPerMinute = 5, QueueTimeout = TimeSpan.FromSeconds(1) };
        var clients = Enumerable.Range(0, 4).Select(_ => Client(server.Url, "smk_per-minute-1234", limits: limits)).ToList();

        var submits = clients.SelectMany(client => Enumerable.Range(0, 3).Select(_ => SubmitAsync(client))).ToList();
        var sent = await Task.WhenAll(submits);

        Assert.Equal((5, 5), (sent.Count(static isSent => isSent), server.Requests.Length));
        clients.ForEach(static client => client.Dispose());
    }

    private static async Task<bool> SubmitAsync(MediaClient client)
    {
        try
        {
            await client.SubmitAsync("m", _input, cancellationToken: Token);
            return true;
        }
        catch (SubmitLimitException)
        {
            return false;
        }
    }

    private static Func<Exchange, Task> Created(string id) => Reply(200, $$"""{"status":"success","predictionID":"{{id}}"}""");

    private static EachlabsClient Client(Uri url, string key, EachlabsAuth auth = EachlabsAuth.XApiKey, SubmitLimits? limits = null)
    {
        limits ??= new SubmitLimits { InFlight = 2, QueueTimeout = TimeSpan.FromMilliseconds(100) };
        return new EachlabsClient(new EachlabsClientOptions { BaseUrl = url, ApiKey = key, Auth = auth, Limits = limits });
    }
}
