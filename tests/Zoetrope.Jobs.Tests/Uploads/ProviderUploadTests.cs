using System.Text;
using Zoetrope.Jobs.Tests.Providers;
using Zoetrope.Jobs.Tests.Odd;
using Zoetrope.Leonardo;
using Zoetrope.Replicate;
using Zoetrope.Runway;
using Zoetrope.Uploads;

namespace Zoetrope.Jobs.Tests.Uploads;

/// <summary>Uploads of real providers, with responses written by hand from their documents: forms with signed fields, and a file in a form itself.</summary>
public sealed class ProviderUploadTests : ProviderTest
{
    private static UploadFile Picture => UploadFile.FromBytes([1, 2, 3], "a \"cat\".png");

    [Fact]
    public async Task Runway_takes_a_form_with_the_fields_that_it_signed()
    {
        await using var server = new FakeServer(
            Json("""{"uploadUrl":"https://uploads.example/bucket","fields":{"key":"k/1","policy":"p=="},"runwayUri":"runway://abc-123"}"""),
            FakeServer.Reply(204, ""), Json("""{"id":"17f20503-6c24-4c16-946b-35dbbce2af2f"}"""));
        using var client = new RunwayClient(With<RunwayClientOptions>(server, options => options.ApiKey = Key));

        var file = await client.UploadAsync(Picture, cancellationToken: Token);
        await client.ImageToVideoGen4Turbo.SubmitAsync(new() { PromptImage = file.Reference, Ratio = "1280:720", Duration = 5 }, cancellationToken: Token);

        Assert.Equal(
            ["POST api.dev.runwayml.com/v1/uploads", "POST uploads.example/bucket", "POST api.dev.runwayml.com/v1/image_to_video"], Lines(server));
        AssertBody("""{"filename":"a \"cat\".png","type":"ephemeral"}""", server.Requests[0]);
        Assert.Equal(("Bearer test-key", "2024-11-06"), (Header(server.Requests[0], "Authorization"), Header(server.Requests[0], "X-Runway-Version")));
        var form = server.Requests[1];
        Assert.Null(Header(form, "Authorization"));
        Assert.Null(Header(form, "X-Runway-Version"));
        var boundary = Header(form, "Content-Type")!.Split("boundary=")[1];
        Assert.EndsWith(
            $"""
            --{boundary}
            Content-Disposition: form-data; name="key"

            k/1
            --{boundary}
            Content-Disposition: form-data; name="policy"

            p==
            --{boundary}
            Content-Disposition: form-data; name="file"; filename="a %22cat%22.png"
            Content-Type: image/png

            {Encoding.UTF8.GetString([1, 2, 3])}
            --{boundary}--

            """.ReplaceLineEndings("\r\n"),
            form);
        Assert.Contains("\"promptImage\":\"runway://abc-123\"", server.Requests[2]);
    }

    [Theory]
    [InlineData("""{"uploadUrl":"https://uploads.example/b","fields":{"file":"x"},"runwayUri":"runway://abc-123"}""", "a field of the form is named 'file'")]
    [InlineData("""{"uploadUrl":"https://uploads.example/b","fields":{"a":["x"]},"runwayUri":"runway://abc-123"}""", "are not an object of texts")]
    public async Task Fields_that_do_not_fit_send_no_file(string response, string problem)
    {
        await using var server = new FakeServer(Json(response));
        using var client = new RunwayClient(With<RunwayClientOptions>(server, options => options.ApiKey = Key));

        var exception = await Assert.ThrowsAsync<UploadException>(() => client.UploadAsync(Picture, cancellationToken: Token));

        Assert.Equal((UploadStep.Initiate, UploadRemains.Nothing, 1), (exception.Step, exception.Remains, server.Requests.Length));
        Assert.Contains(problem, exception.Message);
    }

    [Fact]
    public async Task A_form_that_was_taken_is_not_sent_again_because_of_the_response()
    {
        await using var server = new FakeServer(
            Json("""{"uploadUrl":"https://uploads.example/bucket","fields":{"key":"k/1"},"runwayUri":"runway://abc-123"}"""),
            FakeServer.Raw("HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n<PostResponse>"));
        using var client = new RunwayClient(With<RunwayClientOptions>(server, options => options.ApiKey = Key));

        var file = await client.UploadAsync(Picture, cancellationToken: Token);

        Assert.Equal(("runway://abc-123", 2), (file.Reference, server.Requests.Length));
    }

    [Theory]
    [InlineData("picture", null, "png")]
    [InlineData("picture", "image/jpeg", "jpg")]
    [InlineData("picture", "audio/x-wav", "wav")]
    [InlineData("picture", "application/octet-stream", "bin")]
    [InlineData("C:\\Users\\me\\a.PNG", null, "png")]
    public async Task A_name_without_an_extension_has_that_of_its_type(string name, string? type, string extension)
    {
        await using var server = new FakeServer(
            Json("""{"uploadInitImage":{"id":"i-1","url":"https://s3.example/","fields":"{\"key\":\"k\"}","key":"k"}}"""), FakeServer.Reply(204, ""));
        using var client = new LeonardoClient(With<LeonardoClientOptions>(server, options => options.ApiKey = Key));

        await client.UploadAsync(UploadFile.FromBytes([0x89, 0x50, 0x4E, 0x47], name, type), cancellationToken: Token);

        AssertBody($$"""{"extension":"{{extension}}"}""", server.Requests[0]);
        Assert.DoesNotContain("Users", server.Requests[1]);
    }

    [Fact]
    public async Task Leonardo_has_the_fields_as_json_in_a_text_and_an_id_for_requests()
    {
        await using var server = new FakeServer(
            Json("""{"uploadInitImage":{"id":"i-1","url":"https://s3.example/","fields":"{\"key\":\"k\",\"X-Amz-Date\":\"d\"}","key":"k"}}"""),
            FakeServer.Reply(204, ""));
        using var client = new LeonardoClient(With<LeonardoClientOptions>(server, options => options.ApiKey = Key));

        var file = await client.UploadAsync(UploadFile.FromBytes([1, 2, 3], "A.PNG"), cancellationToken: Token);

        Assert.Equal(["POST cloud.leonardo.ai/api/rest/v1/init-image", "POST s3.example/"], Lines(server));
        AssertBody("""{"extension":"png"}""", server.Requests[0]);
        Assert.Contains("name=\"X-Amz-Date\"\r\n\r\nd\r\n", server.Requests[1]);
        Assert.DoesNotContain(Key, server.Requests[1]);
        Assert.Equal(("i-1", "i-1", null), (file.Reference, file.Id, file.Url));
    }

    [Fact]
    public async Task Replicate_takes_the_file_itself_with_the_key()
    {
        await using var server = new FakeServer(FakeServer.Reply(
            201, """{"id":"f1","expires_at":"2026-11-29T00:00:00Z","urls":{"get":"https://api.replicate.com/v1/files/f1"},"size":3}"""));
        using var client = new ReplicateClient(With<ReplicateClientOptions>(server, options => options.ApiKey = Key));

        var file = await client.UploadAsync(Picture, cancellationToken: Token);

        Assert.Equal(["POST api.replicate.com/v1/files"], Lines(server));
        Assert.Equal("Bearer test-key", Header(server.Requests[0], "Authorization"));
        Assert.Contains("name=\"filename\"\r\n\r\na \"cat\".png\r\n", server.Requests[0]);
        Assert.Contains("name=\"type\"\r\n\r\nimage/png\r\n", server.Requests[0]);
        Assert.Contains("name=\"content\"; filename=\"a %22cat%22.png\"\r\nContent-Type: image/png\r\n", server.Requests[0]);
        Assert.Equal(
            ("https://api.replicate.com/v1/files/f1", "f1", DateTimeOffset.Parse("2026-11-29T00:00:00Z", null)), (file.Url, file.Id, file.ExpiresAt));
    }

    [Theory]
    [InlineData(429, 3, UploadRemains.Nothing)]
    [InlineData(413, 1, UploadRemains.Nothing)]
    [InlineData(502, 1, UploadRemains.Unknown)]
    public async Task What_a_provider_may_have_stored_is_not_sent_to_it_again(int status, int times, UploadRemains remains)
    {
        await using var server = new FakeServer(FakeServer.Reply(status, """{"detail":"no"}"""));
        using var client = new WaveClient(With<WaveClientOptions>(server, options => options.ApiKey = Key));

        var exception = await Assert.ThrowsAsync<UploadException>(() => client.UploadAsync(Picture, cancellationToken: Token));

        Assert.Equal((UploadStep.Transfer, remains, times), (exception.Step, exception.Remains, server.Requests.Length));
    }

    [Fact]
    public async Task A_response_without_the_file_says_that_it_may_exist()
    {
        await using var server = new FakeServer(Json("""{"code":200,"data":{}}"""));
        using var client = new WaveClient(With<WaveClientOptions>(server, options => options.ApiKey = Key));

        var exception = await Assert.ThrowsAsync<UploadException>(() => client.UploadAsync(Picture, cancellationToken: Token));

        Assert.Equal((UploadStep.Transfer, UploadRemains.Unknown), (exception.Step, exception.Remains));
        Assert.Contains("the response does not name the file. The file may exist at wave all the same.", exception.Message);
    }

    [Fact]
    public async Task A_file_is_kept_for_as_long_as_the_declaration_says()
    {
        await using var server = new FakeServer(Json("""{"code":200,"data":{"download_url":"https://cdn.example/a.png"}}"""));
        using var client = new WaveClient(With<WaveClientOptions>(server, options => (options.ApiKey, options.TimeProvider) = (Key, TimeProvider.System)));

        var file = await client.UploadAsync(Picture, cancellationToken: Token);

        Assert.InRange(file.ExpiresAt!.Value - DateTimeOffset.UtcNow, TimeSpan.FromDays(6.9), TimeSpan.FromDays(7));
        Assert.Contains("name=\"folder\"\r\n\r\ninputs\r\n", server.Requests[0]);
        Assert.Contains("name=\"bytes\"\r\n\r\n3\r\n", server.Requests[0]);
        Assert.Contains("name=\"keep\"\r\n\r\ntrue\r\n", server.Requests[0]);
    }

    [Fact]
    public void Protocols_say_who_takes_files()
    {
        using var runway = new RunwayClient(new RunwayClientOptions { ApiKey = Key });
        using var luma = new Luma.LumaClient(new Luma.LumaClientOptions { ApiKey = Key });

        Assert.IsType<IFileUploads>(runway.Protocol, exactMatch: false);
        Assert.IsNotType<IFileUploads>(luma.Protocol, exactMatch: false);
    }

    private T With<T>(FakeServer server, Action<T> change)
        where T : Zoetrope.Http.MediaClientOptions, new()
    {
        var options = Options<T>(server);
        change(options);
        return options;
    }
}
