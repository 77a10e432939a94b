using System.Text;
using Microsoft.Extensions.AI;
using Zoetrope.Extensions.AI.Videos;
using Zoetrope.Fal;
using Zoetrope.Fal.Models;
using Zoetrope.Simulator;
using Zoetrope.Uploads;

namespace Zoetrope.Extensions.AI.Tests;

/// <summary>The storages of providers as clients of hosted files.</summary>
public sealed class FileTests
{
    [Fact]
    public async Task A_file_is_uploaded_used_and_downloaded()
    {
        await using var studio = await Studio.OpenAsync();
        using var files = studio.Fal.AsHostedFileClient().AsBuilder().UseLogging(studio).UseOpenTelemetry(studio).Build();

        var file = await files.UploadAsync(new DataContent(Pictures.Square, "image/png") { Name = "start.png" });
        var uploads = studio.Simulator.Counts.Uploads;
        await studio.Fal.AsVideoGenerator(KlingVideoO3ProImageToVideo.Info, studio.Settings()).AnimateImageAsync(file, "She turns around");
        await using var download = await files.DownloadAsync(file.FileId);
        var content = await download.ToDataContentAsync();

        Assert.Equal(("start.png", "image/png", (long)Pictures.Square.Length), (file.Name, file.MediaType, file.SizeInBytes));
        Assert.Equal(file.FileId, (string?)Assert.Single(studio.Inputs)["image_url"]);
        Assert.Equal(uploads, studio.Simulator.Counts.Uploads);
        Assert.Equal("image/png", download.MediaType);
        Assert.Equal(Pictures.Square, content.Data.ToArray());
        var metadata = files.GetRequiredService<HostedFileClientMetadata>();
        Assert.Equal(("fal", studio.Simulator.BaseUrl), (metadata.ProviderName, metadata.ProviderUri));
        Assert.NotNull(files.GetService<FalClient>());
        Assert.IsType<UploadedFile>(file.RawRepresentation);
    }

    [Fact]
    public async Task A_stream_without_a_name_and_options_of_the_provider_are_taken()
    {
        await using var studio = await Studio.OpenAsync();
        using var files = studio.Fal.AsHostedFileClient();
        var progress = new List<long>();

        var file = await files.UploadAsync(new MemoryStream(Encoding.UTF8.GetBytes("hello")), "text/plain", null, new()
        {
            RawRepresentationFactory = _ => new FalUploadOptions { Attempts = 1, Progress = new Reported(progress) },
        });

        Assert.Equal(("file.txt", "text/plain", 5L), (file.Name, file.MediaType, file.SizeInBytes));
        Assert.NotEmpty(progress);
    }

    [Fact]
    public async Task What_a_storage_does_not_do_is_refused_before_anything_is_sent()
    {
        await using var studio = await Studio.OpenAsync();
        using var files = studio.Fal.AsHostedFileClient();
        using var content = new MemoryStream([1]);

        var deleting = await Assert.ThrowsAsync<NotSupportedException>(() => files.DeleteAsync("https://example.com/a"));
        await Assert.ThrowsAsync<NotSupportedException>(() => files.GetFileInfoAsync("https://example.com/a"));
        Assert.Throws<NotSupportedException>(() => files.ListFilesAsync());
        await Assert.ThrowsAsync<NotSupportedException>(() => files.DownloadAsync("file-123"));
        await Assert.ThrowsAsync<NotSupportedException>(() => files.UploadAsync(content, options: new() { Purpose = "fine-tune" }));
        await Assert.ThrowsAsync<ArgumentException>(() => files.UploadAsync(content, options: new() { RawRepresentationFactory = static _ => "no" }));
        var without = Assert.Throws<NotSupportedException>(() => studio.WaveSpeed.AsHostedFileClient());

        Assert.Contains("fal that deletes files", deleting.Message);
        Assert.Contains("wavespeed has no storage", without.Message);
        Assert.Empty(studio.Simulator.Requests);
    }

    [Fact]
    public async Task A_failure_of_the_storage_is_that_of_the_client()
    {
        await using var studio = await Studio.OpenAsync();
        using var files = studio.Fal.AsHostedFileClient();
        studio.Simulator.AddFault(new() { Kind = FaultKind.Status, StatusCode = 403, Operation = SimulatorOperation.Upload, Times = 9 });
        studio.Simulator.AddFault(new() { Kind = FaultKind.Status, StatusCode = 403, Operation = SimulatorOperation.Token, Times = 9 });

        await Assert.ThrowsAsync<UploadException>(() => files.UploadAsync(new DataContent(Pictures.Png, "image/png")));
        await Assert.ThrowsAsync<Errors.MediaDownloadException>(() => files.DownloadAsync(new Uri(studio.Simulator.BaseUrl, "files/none.png").ToString()));
    }

    private sealed class Reported(List<long> sent) : IProgress<UploadProgress>
    {
        public void Report(UploadProgress value)
        {
            lock (sent)
                sent.Add(value.Sent);
        }
    }
}
