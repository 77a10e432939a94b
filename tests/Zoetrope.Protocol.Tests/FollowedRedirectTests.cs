using Zoetrope.Clients;
using Zoetrope.Eachlabs;
using Zoetrope.Fal;
using Zoetrope.Jobs;
using static Zoetrope.TestKit.FakeServer;

namespace Zoetrope.Protocol.Tests;

/// <summary>A client of the user's that follows redirects takes neither the key nor the job along.</summary>
public sealed class FollowedRedirectTests
{
    private const string Key = "smk_1234567890";

    public static TheoryData<string, int> Redirects
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var provider in (string[])["fal", "eachlabs", "eachlabs by header"])
            {
                foreach (var status in (int[])[301, 302, 303, 307, 308])
                    data.Add(provider, status);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Redirects))]
    public async Task The_key_and_the_job_stay(string provider, int status)
    {
        await using var elsewhere = new FakeServer(Reply(200, """{"request_id":"stolen","predictionID":"stolen"}"""));
        await using var server = new FakeServer(Reply(status, "", $"Location: http://localhost:{elsewhere.Url.Port}/stolen"));
        using var http = new HttpClient();
        using var client = Client(provider, server.Url, http);
        var handle = new JobHandle(client.Provider, "some/model", "job-1");

        var submit = await Assert.ThrowsAsync<SubmitException>(() => client.SubmitAsync("some/model", """{"prompt":"a cat"}"""));
        var poll = await Assert.ThrowsAsync<JobWatchException>(() => client.Resume(handle).GetStatusAsync());
        var cancel = await Assert.ThrowsAsync<CancelFailedException>(() => client.Resume(handle).CancelAsync());

        Assert.False(submit.WasNotAccepted);
        Assert.Equal(handle, poll.Handle);
        Assert.Equal(handle, cancel.Handle);
        Assert.Equal(3, server.Requests.Length);
        Assert.All(elsewhere.Requests, static request =>
        {
            Assert.StartsWith("GET ", request, StringComparison.Ordinal);
            Assert.DoesNotContain(Key, request, StringComparison.Ordinal);
            Assert.DoesNotContain("a cat", request, StringComparison.Ordinal);
        });
        Assert.Equal(0, elsewhere.StrayBytes);
    }

    [Theory]
    [InlineData(false, "X-API-Key: " + Key)]
    [InlineData(true, "Authorization: Bearer " + Key)]
    public async Task Eachlabs_uses_the_header_that_redirects_drop_when_the_client_is_the_users(bool isUsers, string header)
    {
        await using var server = new FakeServer(Reply(200, """{"predictionID":"p-1","status":"success"}"""));
        using var http = new HttpClient();
        using var client = new EachlabsClient(new() { BaseUrl = server.Url, ApiKey = Key, HttpClient = isUsers ? http : null });

        await client.SubmitAsync("some/model", "{}");

        Assert.Contains($"\r\n{header}\r\n", Assert.Single(server.Requests), StringComparison.Ordinal);
    }

    private static MediaClient Client(string provider, Uri url, HttpClient http) => provider switch
    {
        "fal" => new FalClient(new() { BaseUrl = url, ApiKey = Key, HttpClient = http }),
        "eachlabs" => new EachlabsClient(new() { BaseUrl = url, ApiKey = Key, HttpClient = http }),
        _ => new EachlabsClient(new() { BaseUrl = url, ApiKey = Key, HttpClient = http, Auth = EachlabsAuth.XApiKey }),
    };
}
