using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Zoetrope.Eachlabs.Models;
using Zoetrope.Fal.Models;
using Zoetrope.Json;
using Zoetrope.Uploads;
using Zoetrope.Validation;

namespace Zoetrope.Simulator.Tests.Uploads;

/// <summary>A member of a request that is a local file: checked with the request, and uploaded by the submit.</summary>
public sealed class LocalFileTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("file")]
    [InlineData("bytes")]
    [InlineData("stream")]
    [InlineData("once")]
    public async Task A_submit_uploads_it_first(string kind)
    {
        await using var simulator = await StartAsync();
        using var fal = simulator.Fal();
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "a.png");
        await File.WriteAllBytesAsync(path, Png(640, 480), Token);
        await using var once = new OneWay(new MemoryStream(Png(640, 480)));
        var file = kind switch
        {
            "file" => UploadFile.FromFile(path),
            "bytes" => UploadFile.FromBytes(Png(640, 480), "a.png"),
            "stream" => UploadFile.FromStream(new MemoryStream(Png(640, 480)), "a.png"),
            _ => UploadFile.FromStream(once, "a.png"),
        };

        // One and the same file is uploaded once.
        var request = new KlingVideoO3ProImageToVideo.Request { ImageUrl = file, EndImageUrl = file, Prompt = "The character walks forward" };
        var result = await fal.KlingVideoO3ProImageToVideo.RunAsync(request, wait: Clients.Quickly, cancellationToken: Token);

        Assert.NotNull(result.Value.Video);
        Assert.Equal((2, 1), (simulator.Counts.Uploads, simulator.Counts.Accepted));
        var sent = JsonNode.Parse(simulator.Requests.Single(one => one.Operation == SimulatorOperation.Submit).Body)!;
        var url = (string)sent["image_url"]!;
        Assert.Equal(url, (string)sent["end_image_url"]!);
        using var http = new HttpClient();
        Assert.Equal(Png(640, 480), await http.GetByteArrayAsync(new Uri(url), Token));
    }

    [Fact]
    public async Task Eachlabs_gets_a_public_address()
    {
        await using var simulator = await StartAsync();
        using var eachlabs = simulator.Eachlabs();
        var request = new KlingO3ProImageToVideo.Request
        {
            ImageUrl = UploadFile.FromBytes(Png(640, 480), "a.png"),
            Prompt = "The character walks forward",
        };

        await eachlabs.KlingO3ProImageToVideo.RunAsync(request, wait: Clients.Quickly, cancellationToken: Token);

        var sent = simulator.Requests.Single(one => one.Operation == SimulatorOperation.Submit).Body;
        Assert.StartsWith("https://storage.eachlabs.example/", (string)JsonNode.Parse(sent)!["input"]!["image_url"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, 640, 0, "a width of at least 300 pixels")]
    [InlineData(640, 299, 0, "a height of at least 300 pixels")]
    [InlineData(3000, 1000, 0, "an aspect ratio of at most 2.5")]
    [InlineData(640, 480, 11_000_000, "at most 10485760 bytes")]
    public async Task What_the_document_does_not_allow_is_not_uploaded(int width, int height, int more, string problem)
    {
        await using var simulator = await StartAsync();
        using var fal = simulator.Fal();
        var request = new KlingVideoO3ProImageToVideo.Request
        {
            ImageUrl = UploadFile.FromBytes([.. Png(width, height), .. new byte[more]], "a.png"),
            Prompt = "The character walks forward",
        };

        var exception = await Assert.ThrowsAsync<RequestValidationException>(
            () => fal.KlingVideoO3ProImageToVideo.SubmitAsync(request, cancellationToken: Token));

        Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
        Assert.Empty(simulator.Requests);
    }

    [Theory]
    [InlineData("a.png", "hello", "a png file, as its name says, but has another")]
    [InlineData("a.jpg", "", "a jpeg file, as its name says, but has another")]
    [InlineData("a.mp4", "just a text that somebody named a film", "a mp4 file, as its name says, but has another")]
    [InlineData("a.png", "%PDF-1.7 and the rest of it", "a png file, as its name says, but has pdf")]
    [InlineData("a.wav", "%PDF-1.7 and the rest of it", "a wav file, as its name says, but has pdf")]
    // A picture of another kind, a film that begins with its data, sound that may begin anywhere, and names that say nothing.
    [InlineData("a.png", "GIF89a and the rest of the picture", null)]
    [InlineData("a.mov", "\0\0\0\u0008wide and the rest of the film", null)]
    [InlineData("a.mp4", "\0\0\0\u0018styp and the rest of a segment", null)]
    [InlineData("a.gltf", """{"asset": {"version": "2.0"}}""", null)]
    [InlineData("a.pdf", "a line of mail\n%PDF-1.7 and the rest of it", null)]
    [InlineData("a.wav", "RF64 and the rest of a large file", null)]
    [InlineData("a.mp3", "anything that may be sound", null)]
    [InlineData("a.svg", "<svg/>", null)]
    [InlineData("a", "hello", null)]
    [InlineData("a.bin", "hello", null)]
    public async Task Content_that_is_not_what_the_name_says_is_a_warning(string name, string content, string? warning)
    {
        await using var simulator = await StartAsync();
        using var fal = simulator.Fal();
        var request = new KlingVideoO3ProImageToVideo.Request
        {
            ImageUrl = UploadFile.FromBytes(System.Text.Encoding.Latin1.GetBytes(content), name),
            Prompt = "The character walks forward",
        };

        var validation = fal.KlingVideoO3ProImageToVideo.Validate(request);

        Assert.True(validation.IsValid);
        if (warning is null)
            Assert.Empty(validation.Warnings);
        else
            Assert.Equal($"image_url: the file must have the content of {warning}", Assert.Single(validation.Warnings).ToString());
    }

    [Fact]
    public async Task An_upload_that_fails_leaves_no_doubt_about_a_job()
    {
        await using var simulator = await StartAsync();
        simulator.AddFault(new SimulatorFault { Kind = FaultKind.Status, StatusCode = 401, Operation = SimulatorOperation.Upload });
        using var fal = simulator.Fal();
        var request = new KlingVideoO3ProImageToVideo.Request
        {
            ImageUrl = UploadFile.FromBytes(Png(640, 480), "a.png"),
            Prompt = "The character walks forward",
        };

        await Assert.ThrowsAsync<UploadException>(() => fal.KlingVideoO3ProImageToVideo.SubmitAsync(request, cancellationToken: Token));
        Assert.Equal(0, simulator.Submits);

        // The same request can be submitted again.
        await fal.KlingVideoO3ProImageToVideo.SubmitAsync(request, cancellationToken: Token);
        Assert.Equal(1, simulator.Counts.Accepted);
    }

    [Fact]
    public async Task A_file_that_is_gone_is_reported_and_nothing_is_submitted()
    {
        await using var simulator = await StartAsync();
        using var fal = simulator.Fal();
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "a.png");
        await File.WriteAllBytesAsync(path, Png(640, 480), Token);
        var request = new KlingVideoO3ProImageToVideo.Request { ImageUrl = UploadFile.FromFile(path), Prompt = "The character walks forward" };
        File.Delete(path);

        var exception = await Assert.ThrowsAsync<UploadException>(() => fal.KlingVideoO3ProImageToVideo.SubmitAsync(request, cancellationToken: Token));

        Assert.Equal(UploadStep.Check, exception.Step);
        Assert.Empty(simulator.Requests);
    }

    [Fact]
    public async Task A_text_that_stands_for_no_file_is_not_sent()
    {
        await using var simulator = await StartAsync();
        using var fal = simulator.Fal();
        string known = UploadFile.FromBytes(Png(640, 480), "a.png");
        var unknown = known[..^4] + "0000";

        var exception = await Assert.ThrowsAsync<UploadException>(
            () => fal.SubmitAsync(Support.FalId, RawJson.Parse($$"""{"image_url":"{{unknown}}"}"""), cancellationToken: Token));
        Assert.Equal(UploadStep.Check, exception.Step);
        Assert.Empty(simulator.Requests);

        // A prompt may speak of it.
        var prompt = $"say \"{unknown}\"";
        var input = $$"""{"prompt":"say \"{{unknown}}\"","image_url":"{{known}}"}""";
        await fal.SubmitAsync(Support.FalId, RawJson.Parse(input), cancellationToken: Token);
        var sent = JsonNode.Parse(simulator.Requests.Single(one => one.Operation == SimulatorOperation.Submit).Body)!;
        Assert.Equal(prompt, (string)sent["prompt"]!);
        Assert.StartsWith("http", (string)sent["image_url"]!, StringComparison.Ordinal);
        GC.KeepAlive(known);
    }

    [Fact]
    public async Task The_header_of_a_video_is_checked_without_its_content()
    {
        await using var simulator = await StartAsync();
        using var fal = simulator.Fal();
        var result = await fal.KlingVideoO3ProImageToVideo.RunAsync(
            new() { ImageUrl = Clients.Picture, Prompt = "The character walks forward" }, wait: Clients.Quickly, cancellationToken: Token);
        using var video = new MemoryStream();
        await fal.DownloadAsync(result.Value.Video, video, Token);
        var file = UploadFile.FromBytes(video.ToArray(), "a.mp4");

        Assert.True(Check(file, new FileRule { MinDuration = 0.5, MaxDuration = 1.5, MinFrameRate = 0.5, MaxFrameRate = 1.5, MinWidth = 16 }).IsValid);
        Assert.Contains("a duration of at least 3 seconds", Problem(file, new FileRule { MinDuration = 3 }), StringComparison.Ordinal);
        Assert.Contains("a duration of at most 0.5 seconds", Problem(file, new FileRule { MaxDuration = 0.5 }), StringComparison.Ordinal);
        Assert.Contains("a frame rate of at least 24", Problem(file, new FileRule { MinFrameRate = 24 }), StringComparison.Ordinal);
        Assert.Contains("a width of at least 5000 pixels", Problem(file, new FileRule { MinWidth = 5000 }), StringComparison.Ordinal);
        // What is damaged is left to the service.
        for (var length = 0; length < video.Length; length += 7)
            Check(UploadFile.FromBytes(video.ToArray()[..length], "a.mp4"), new FileRule { MinDuration = 3, MinWidth = 5000 });
    }

    [Theory]
    [InlineData("file")]
    [InlineData("bytes")]
    [InlineData("stream")]
    [InlineData("once")]
    public async Task The_format_of_a_file_is_checked(string kind)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "a.bin");
        await File.WriteAllBytesAsync(path, Png(640, 480), Token);
        await using var stream = new MemoryStream([1, 2, .. Png(640, 480)]) { Position = 2 };
        await using var once = new OneWay(new MemoryStream(Png(640, 480)));
        var file = kind switch
        {
            "file" => UploadFile.FromFile(path),
            "bytes" => UploadFile.FromBytes(Png(640, 480), "a.bin"),
            "stream" => UploadFile.FromStream(stream, "a.bin"),
            _ => UploadFile.FromStream(once, "a.bin"),
        };

        var result = ValidationResult.Of(new Picture { Url = file, Formats = "jpeg webp" });

        // A stream that cannot be read twice is left to the service.
        Assert.Equal(
            kind == "once" ? [] : ["url: the file must have the format jpeg or webp, but has png"], result.Issues.Select(issue => issue.ToString()));
        Assert.Equal(2, stream.Position);
        Assert.True(ValidationResult.Of(new Picture { Url = UploadFile.FromBytes(Png(640, 480), "a.jpg"), Formats = "jpeg" }).IsValid);
        Assert.True(ValidationResult.Of(new Picture { Url = file, Formats = "png" }).IsValid);
    }

    private static string Problem(UploadFile file, FileRule rule) => Assert.Single(Check(file, rule).Issues).ToString();

    private static ValidationResult Check(UploadFile file, FileRule rule) => ValidationResult.Of(new Clip { Url = file, Rule = rule });

    private static Task<MediaSimulator> StartAsync() => MediaSimulator.StartAsync(new() { QueueTime = TimeSpan.Zero, JobDuration = TimeSpan.Zero }, Token);

    /// <summary>The beginning of a PNG, which says how large it is.</summary>
    private static byte[] Png(int width, int height)
    {
        byte[] file = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), height);
        return file;
    }

    private sealed class Picture : IValidatable
    {
        public string? Url { get; init; }

        public string Formats { get; init; } = "";

        public void Validate(ref ValidationContext context) => context.FileFormat(Url, "url", Formats);
    }

    private sealed class Clip : IValidatable
    {
        public string? Url { get; init; }

        public required FileRule Rule { get; init; }

        public void Validate(ref ValidationContext context) => context.File(Url, "url", Rule);
    }
}
