using Zoetrope.Clients;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.Protocol.Tests.Sockets;

/// <summary>A client that was disposed says so with exceptions of the SDK, and of a job with its handle. Nothing is sent.</summary>
public sealed class DisposedClientTests
{
    public static TheoryData<string, bool> Clients => new() { { "fal", true }, { "fal", false }, { "eachlabs", true }, { "eachlabs", false } };

    [Theory]
    [MemberData(nameof(Clients))]
    public async Task Nothing_is_sent_and_nothing_is_lost(string provider, bool ownHttp)
    {
        await using var server = new ScriptedProvider { Submits = [new(200, """{"request_id":"j","predictionID":"j"}""")] };
        using var http = ownHttp ? new HttpClient() : null;
        MediaClient client = provider == "fal" ? server.Fal(options => options.HttpClient = http) : server.Eachlabs(options => options.HttpClient = http);
        var job = await client.SubmitAsync("fal-ai/some/model", RawJson.Parse("{}"));
        client.Dispose();
        http?.Dispose();

        var submit = await Assert.ThrowsAsync<SubmitException>(() => client.SubmitAsync("fal-ai/some/model", RawJson.Parse("{}")));
        var status = await Assert.ThrowsAsync<JobWatchException>(() => job.GetStatusAsync());
        var wait = await Assert.ThrowsAsync<JobWatchException>(() => job.WaitAsync(ScriptedProvider.Wait()));
        var cancel = await Assert.ThrowsAsync<CancelFailedException>(() => job.CancelAsync());

        Assert.True(submit.WasNotAccepted);
        Assert.Equal((job.Handle, job.Handle, job.Handle), (status.Handle, wait.Handle, cancel.Handle));
        Assert.All((Exception[])[submit, status, wait, cancel], exception => Assert.Contains("disposed", exception.Message, StringComparison.Ordinal));
        Assert.Single(server.Requests);
    }
}
