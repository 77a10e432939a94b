using System.Diagnostics;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Media;
using Zoetrope.Operations;

namespace Zoetrope.Tests;

/// <summary>Downloads and streams end when too little of them comes, and when they take too long as a whole. The times are real and short.</summary>
public sealed class PaceTests
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    // Far more than any of these may take, and far less than the servers go on for.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(1, 100_000, 7200, "sent ")]
    [InlineData(1, 0, 1, "did not complete within 00:00:01")]
    [InlineData(50_000, 1, 1, "did not complete within 00:00:01")]
    public async Task A_download_that_drips_ends(int piece, long speed, int total, string problem)
    {
        await using var server = Dripping("application/octet-stream", new string('x', piece));
        using var client = new FakeClient(
            new FakeProtocol(),
            new MediaClientOptions
            {
                BaseUrl = server.Url,
                PollTimeout = WindowOf(total),
                MinBytesPerSecond = speed,
                TransferTimeout = TimeSpan.FromSeconds(total)
            });
        var start = Stopwatch.GetTimestamp();

        var exception = await Assert.ThrowsAsync<MediaDownloadException>(() => client.DownloadAsync(new MediaFile { Url = server.Url + "a" }, Stream.Null));

        Assert.Contains(problem, exception.Message);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, Bound);
    }

    [Theory]
    [InlineData("application/octet-stream", "x", 7200, "sent ")]
    [InlineData("text/event-stream", "x", 7200, "sent ")]
    [InlineData("text/event-stream", ":\n\n", 1, "did not complete within 00:00:01")]
    public async Task A_stream_that_drips_ends(string type, string piece, int total, string problem)
    {
        await using var server = Dripping(type, piece);
        using var client = new DemoClient(
            new()
            {
                BaseUrl = server.Url,
                ApiKey = "k-1234567890",
                Timeout = WindowOf(total),
                MinBytesPerSecond = 10_000,
                TransferTimeout = TimeSpan.FromSeconds(total)
            });
        await using var content = await client.GetContentAsync("a");
        var start = Stopwatch.GetTimestamp();

        var exception = await Assert.ThrowsAsync<TransportException>(() => content.Stream.CopyToAsync(Stream.Null));

        Assert.Equal(TransportFailure.TimedOut, exception.Failure);
        Assert.Contains(problem, exception.Message);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, Bound);
    }

    [Fact]
    public async Task Heartbeats_keep_a_stream_of_events_alive()
    {
        await using var server = Dripping("text/event-stream", ":\n", times: 30);
        using var client =
            new DemoClient(new() { BaseUrl = server.Url, ApiKey = "k-1234567890", Timeout = TimeSpan.FromSeconds(2), MinBytesPerSecond = 1_000_000 });
        await using var content = await client.GetContentAsync("a");
        var events = new MemoryStream();

        await content.Stream.CopyToAsync(events);

        Assert.Equal(60, events.Length);
    }

    [Fact]
    public async Task A_slow_destination_is_not_held_against_the_server()
    {
        await using var server = new FakeServer(FakeServer.Reply(200, new string('x', 1_000_000), "Content-Type: application/octet-stream"));
        using var client =
            new FakeClient(new FakeProtocol(), new MediaClientOptions { BaseUrl = server.Url, PollTimeout = Window, MinBytesPerSecond = 10_000_000 });

        Assert.Equal(1_000_000, await client.DownloadAsync(new MediaFile { Url = server.Url + "a" }, new SlowStream()));
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new MediaClientOptions { MinBytesPerSecond = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ApiClientOptions { TransferTimeout = TimeSpan.Zero });
    }

    // Where it is the whole that takes too long, no stall of a busy machine may be what ends it.
    private static TimeSpan WindowOf(int total) => total < 60 ? Bound : Window;

    private static FakeServer Dripping(string type, string piece, int times = int.MaxValue) => new(async exchange =>
    {
        await exchange.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (var i = 0; i < times; i++)
        {
            await exchange.WriteAsync($"{piece.Length:x}\r\n{piece}\r\n");
            await Task.Delay(100, CancellationToken.None);
        }
        await exchange.WriteAsync("0\r\n\r\n");
    });

    private sealed class SlowStream : MemoryStream
    {
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(300, cancellationToken);
            await base.WriteAsync(buffer, cancellationToken);
        }
    }
}
