using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using Zoetrope.Fal;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.Faults.Tests;

/// <summary>Servers close connections that are kept alive at the very moment at which clients send on them. No job may come of it twice.</summary>
public sealed class KeepAliveRaceTests
{
    private const int Submits = 400;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_many_submits_that_race_with_closing_connections_none_is_accepted_twice(bool usersClient)
    {
        var accepted = new ConcurrentDictionary<string, int>();
        await using var server = new Listener((socket, stop) => ServeAsync(socket, stop, accepted));
        using var http = usersClient ? new HttpClient() : null;
        using var fal = new FalClient(
            new FalClientOptions { ApiKey = Keys.Fal, BaseUrl = server.Url, HttpClient = http, SubmitAttempts = 1, Jitter = new Random(5) });
        var reported = new ConcurrentDictionary<string, string>();

        await Parallel.ForEachAsync(Enumerable.Range(0, Submits), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (number, _) =>
        {
            var name = $"submit-{number}.";
            try
            {
                await fal.SubmitAsync("owner/app", RawJson.Parse($$"""{"prompt":"{{name}}"}"""));
                reported[name] = "accepted";
            }
            catch (SubmitException exception)
            {
                reported[name] = exception.WasNotAccepted ? "surely not" : "unknown";
            }
        });

        Assert.All(accepted, job => Assert.Equal(1, job.Value));
        Assert.All(reported.Where(submit => submit.Value == "accepted"), submit => Assert.True(accepted.ContainsKey(submit.Key)));
        Assert.All(reported.Where(submit => submit.Value == "surely not"), submit => Assert.False(accepted.ContainsKey(submit.Key)));
        Assert.Equal(Submits, reported.Count);
        Assert.Contains("accepted", reported.Values);
    }

    // Responses one to three requests, and closes a moment later, whatever the client does.
    private static async Task ServeAsync(Socket socket, CancellationToken stop, ConcurrentDictionary<string, int> accepted)
    {
        var random = new Random(socket.RemoteEndPoint!.GetHashCode());
        var connection = new Connection(socket, stop);
        for (var left = random.Next(1, 4); left > 0; left--)
        {
            if (await connection.ReadRequestHeadAsync() is not { } request)
                return;
            await connection.ReadBodyAsync(request);
            var body = Encoding.UTF8.GetString(request.Body);
            var name = body[body.IndexOf("submit-", StringComparison.Ordinal)..(body.LastIndexOf('.') + 1)];
            accepted.AddOrUpdate(name, 1, (_, count) => count + 1);
            await connection.SendAsync(OfJson($$"""{"request_id":"{{name}}"}"""));
        }
        await Task.Delay(random.Next(0, 3), stop);
        connection.Drop();
    }
}
