using System.Security.Cryptography;
using Zoetrope.Clients;
using Zoetrope.Simulator;
using Zoetrope.Uploads;

namespace Zoetrope.Jobs.Tests.Uploads;

/// <summary>The uploads of every declared provider that has them, played by the simulator.</summary>
public sealed class UploadSimulatorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Uploading =>
        [.. DeclaredProvider.Declarations.Where(path => DeclaredProvider.At(path).Declaration["upload"] is not null)];

    [Fact]
    public void There_are_uploads_of_every_kind()
    {
        var declarations = Uploading.Select(row => DeclaredProvider.At(row.Data).Declaration["upload"]!).ToList();

        Assert.True(declarations.Count >= 5);
        Assert.Contains(declarations, upload => upload["address"] is null);
        Assert.Contains(declarations, upload => (string?)upload["method"] == "POST");
        Assert.Contains(declarations, upload => upload["address"] is not null && upload["method"] is null);
    }

    [Theory]
    [MemberData(nameof(Uploading))]
    public async Task A_file_arrives_whole_and_is_no_submit(string path)
    {
        await using var simulator = await StartAsync(path);
        // A fault that waits for a submit is not used up by an upload.
        simulator.AddFault(new SimulatorFault { Kind = FaultKind.Status, StatusCode = 400, Operation = SimulatorOperation.Submit });
        var provider = DeclaredProvider.At(path);
        using var client = Connect(provider, simulator);
        var content = RandomNumberGenerator.GetBytes(400_000);

        var file = await ((IFileUploads)client.Protocol).UploadAsync(UploadFile.FromBytes(content, "a.png"), null, Token);

        Assert.False(string.IsNullOrEmpty(file.Reference));
        Assert.Equal((0, 0), (simulator.Submits, simulator.Counts.Accepted));
        Assert.Equal(simulator.Requests.Count, simulator.Counts.Uploads);
        if (file.Url is { } url)
        {
            using var http = new HttpClient();
            Assert.Equal(content, await http.GetByteArrayAsync(new Uri(url), Token));
        }
        var model = provider.Description.Models[0];
        await Assert.ThrowsAsync<SubmitException>(
            () => client.SubmitAsync(model.Endpoint.Id, DeclaredProvider.InputOf(model), cancellationToken: Token));
    }

    [Fact]
    public async Task A_file_that_is_sent_to_the_provider_itself_can_be_large()
    {
        const string Path = "specs/replicate/replicate.jobs.json";
        await using var simulator = await StartAsync(Path);
        var provider = DeclaredProvider.At(Path);
        using var client = Connect(provider, simulator);
        await using var source = new Source(99_000_000, (buffer, _) => new(buffer.Length));

        var file = await ((IFileUploads)client.Protocol).UploadAsync(UploadFile.FromStream(source, "a.mp4"), null, Token);

        using var http = new HttpClient();
        var stored = System.Text.Json.Nodes.JsonNode.Parse(await http.GetStringAsync(new Uri(file.Url!), Token))!;
        Assert.Equal(99_000_000, (int)stored["size"]!);
    }

    [Theory]
    [MemberData(nameof(Uploading))]
    public async Task Another_key_uploads_nothing(string path)
    {
        await using var simulator = await StartAsync(path);
        var provider = DeclaredProvider.At(path);
        using var client = Connect(provider, simulator, "bad-key");

        var exception = await Assert.ThrowsAsync<UploadException>(
            () => ((IFileUploads)client.Protocol).UploadAsync(UploadFile.FromBytes([1], "a.png"), null, Token));

        Assert.Equal(UploadRemains.Nothing, exception.Remains);
    }

    [Fact]
    public async Task The_storage_of_the_simulator_refuses_keys_and_wrong_signatures_as_a_real_one_does()
    {
        const string Path = "tests/Zoetrope.Jobs.Tests/specs/odd.jobs.json";
        await using var simulator = await StartAsync(Path);
        using var http = new HttpClient { BaseAddress = simulator.BaseUrl };
        using var begin = new HttpRequestMessage(HttpMethod.Post, "/odd/shelf/image");
        begin.Headers.Add("X-Odd", "odd:any");
        begin.Headers.Add("X-Odd-Version", "7");
        begin.Content = new StringContent("""{"title":"a.png","bytes":3,"text":"image/png","of":"odd","long":true,"rank":1.5}""");
        using var response = await http.SendAsync(begin, Token);
        var told = System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!;
        var address = (string)told["where"]!["to"]!;

        Assert.Equal(403, await PutAsync(address.Replace("signature=", "signature=0", StringComparison.Ordinal), null));
        Assert.Equal(400, await PutAsync(address, request => request.Headers.Add("Authorization", "Bearer x")));
        Assert.Equal(403, await PutAsync(address, request => request.Headers.Remove("x-simulated-acl")));
        Assert.Equal(403, await PutAsync(address, request => request.Content!.Headers.ContentType = new("image/gif")));
        Assert.Equal(403, await PutAsync(address, request => request.Content = new ByteArrayContent([1]) { Headers = { ContentType = new("image/png") } }));
        Assert.Equal(200, await PutAsync(address, null));

        async Task<int> PutAsync(string url, Action<HttpRequestMessage>? change)
        {
            using var put = new HttpRequestMessage(HttpMethod.Put, url);
            put.Content = new ByteArrayContent([1, 2, 3]) { Headers = { ContentType = new("image/png") } };
            put.Headers.Add("x-simulated-acl", "private");
            change?.Invoke(put);
            using var answer = await http.SendAsync(put, Token);
            return (int)answer.StatusCode;
        }
    }

    private static Task<MediaSimulator> StartAsync(string path)
    {
        // The odd providers are not among the documents that the simulator contains.
        var folder = path.StartsWith("specs/", StringComparison.Ordinal) ? null : Repository.PathOf("tests/Zoetrope.Jobs.Tests/specs");
        return MediaSimulator.StartAsync(new() { SpecsFolder = folder, QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.Zero }, Token);
    }

    private static MediaClient Connect(DeclaredProvider provider, MediaSimulator simulator, string key = "key") =>
        provider.Connect(key, options => options.BaseUrl = new Uri(simulator.BaseUrl, provider.Description.Name));
}
