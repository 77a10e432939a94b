using System.Text;
using Zoetrope.Clients;
using Zoetrope.Eachlabs;
using Zoetrope.Fal;
using Zoetrope.Jobs;
using Zoetrope.Jobs.Tests;

namespace Zoetrope.Faults.Tests;

/// <summary>Handles come from users and databases: whatever is in them, nothing crashes and no request leaves its setup.</summary>
public sealed class HandleTests
{
    private const int Random = 20_000;

    private static readonly string[] _pieces =
    [
        "fal", "eachlabs", ":", "::", "@", "/", "//", "..", ".", "%2e%2e", "%2F", "%00", "%", "?", "#", "\\", "|", "owner/app", "job-1",
        "/status", "/cancel", "/requests/", "http://other.example", "\u202e", "\ud800", "\r\n", " ", "é", "😀", "~", "+", "&a=b", ";",
        "%ud800", "@/a|/b|/c", "127.0.0.1", "[::1]", "user@host",
    ];

    private static readonly string[] _known = ["/requests/", "/v1/prediction/", "/status", "/cancel"];

    private readonly List<string> _targets = [];

    [Fact]
    public void Any_text_is_a_handle_that_reads_back_the_same_or_is_none()
    {
        var random = new Random(3);
        for (var i = 0; i < Random; i++)
        {
            var text = Text(random);
            if (!JobHandle.TryParse(text, out var handle))
                continue;
            // Half a character cannot be written into a handle.
            if (!text.Contains('\ud800', StringComparison.Ordinal))
                Assert.Equal(handle, JobHandle.Parse(handle.ToString()));
        }
    }

    [Fact]
    public async Task No_handle_leads_a_request_away_from_its_provider_or_into_the_unknown()
    {
        await using var server = StartServer();
        var root = new Uri(server.Url, "base/");
        using var fal = new FalClient(new FalClientOptions { ApiKey = Keys.Fal, BaseUrl = root });
        using var eachlabs = new EachlabsClient(new EachlabsClientOptions { ApiKey = Keys.Eachlabs, BaseUrl = root });
        var random = new Random(4);
        for (var i = 0; i < 600; i++)
        {
            var text = (i % 2 == 0 ? "fal:owner/app:" : "eachlabs:model:") + Text(random);
            if (!JobHandle.TryParse(text, out var handle))
                continue;
            MediaClient client = handle.Provider == "fal" ? fal : eachlabs;
            if (handle.Provider != client.Provider)
                continue;
            await UseAsync(client, handle);
        }

        AssertBelowRoot();
        Assert.All(_targets, target => Assert.Contains(_known, part => target.Contains(part, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task No_handle_leads_a_request_away_from_a_declared_provider()
    {
        await using var server = StartServer();
        var random = new Random(5);
        foreach (var provider in DeclaredProvider.Declarations.Select(DeclaredProvider.At))
        {
            using var client = provider.Connect(Keys.Declared, options => options.BaseUrl = new Uri(server.Url, "base/"));
            foreach (var model in provider.Description.Models)
            {
                for (var i = 0; i < 20; i++)
                {
                    var known = new JobHandle(client.Provider, model.Endpoint.Id, "x").ToString();
                    if (JobHandle.TryParse(known[..^1] + Text(random), out var handle) && handle.Provider == client.Provider)
                        await UseAsync(client, handle);
                }
            }
        }

        AssertBelowRoot();
    }

    private static async Task UseAsync(MediaClient client, JobHandle handle)
    {
        var job = client.Resume(handle);
        await Assert.ThrowsAsync<JobWatchException>(() => job.GetStatusAsync());
        try
        {
            await job.CancelAsync();
        }
        catch (CancelFailedException exception)
        {
            Assert.Equal(handle, exception.Handle);
        }
    }

    private Listener StartServer() => new(async (socket, stop) =>
    {
        var connection = new Connection(socket, stop);
        while (await connection.ReadRequestHeadAsync() is { } request)
        {
            await connection.ReadBodyAsync(request);
            lock (_targets)
                _targets.Add(request.Target);
            await connection.SendAsync(OfJson("{}", 404));
        }
    });

    private void AssertBelowRoot()
    {
        Assert.NotEmpty(_targets);
        Assert.All(_targets, target =>
        {
            Assert.StartsWith("/base/", target, StringComparison.Ordinal);
            Assert.DoesNotContain("/../", target + "/", StringComparison.Ordinal);
        });
    }

    private static string Text(Random random)
    {
        var text = new StringBuilder();
        for (var count = random.Next(1, 7); count > 0; count--)
            text.Append(random.Next(12) == 0 ? ((char)random.Next(1, 0x3000)).ToString() : _pieces[random.Next(_pieces.Length)]);
        return text.ToString();
    }
}
