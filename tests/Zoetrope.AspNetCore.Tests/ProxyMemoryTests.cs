using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Features;

namespace Zoetrope.AspNetCore.Tests;

/// <summary>Alone, because what other tests allocate would count.</summary>
[CollectionDefinition(nameof(ProxyMemoryTests), DisableParallelization = true)]
public sealed class AloneCollection;

/// <summary>Bodies pass the proxy without being in memory: the browser, the proxy and what stands in for fal are all in this process.</summary>
[Collection(nameof(ProxyMemoryTests))]
public sealed class ProxyMemoryTests
{
    private const int Parts = 256;
    private const long MaxAllocated = 48 * 1024 * 1024;

    private static readonly byte[] _part = [.. Enumerable.Repeat((byte)'a', 1024 * 1024)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_response_of_256_MB()
    {
        await using var fal = new FakeServer(async exchange =>
        {
            await exchange.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: {(long)Parts * _part.Length}\r\n\r\n");
            for (var i = 0; i < Parts; i++)
                await exchange.WriteAsync(_part);
        });
        await using var app = await Proxied.StartAsync(fal.Url);
        var before = GC.GetTotalAllocatedBytes(precise: true);

        using var response = await app.Client.SendAsync(
            Proxied.Request("https://queue.fal.run/fal-ai/flux/requests/r-1", "GET"), HttpCompletionOption.ResponseHeadersRead, Token);
        var counted = new Counter();
        await response.Content.CopyToAsync(counted, Token);

        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 1, MaxAllocated);
        Assert.Equal((long)Parts * _part.Length, counted.Total);
    }

    [Fact]
    public async Task A_request_of_256_MB()
    {
        var received = new Counter();
        await using var fal = await TestApp.StartAsync(app => app.MapPost("/fal-ai/flux/dev", async context =>
        {
            context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
            await context.Request.Body.CopyToAsync(received, Token);
        }));
        await using var app = await Proxied.StartAsync(fal.Url, options => options.MaxRequestBytes = 300L * 1024 * 1024);
        using var request = Proxied.Request(Proxied.Submit, body: null);
        request.Content = new Repeated();
        var before = GC.GetTotalAllocatedBytes(precise: true);

        Assert.Equal(HttpStatusCode.OK, await app.SendAsync(request));

        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 1, MaxAllocated);
        Assert.Equal((long)Parts * _part.Length, received.Total);
    }

    private sealed class Repeated : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (var i = 0; i < Parts; i++)
                await stream.WriteAsync(_part);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = (long)Parts * _part.Length;
            return true;
        }
    }

    /// <summary>Counts what is written.</summary>
    private sealed class Counter : Stream
    {
        public long Total { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => Total;

        public override long Position { get => Total; set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Total += count;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Total += buffer.Length;
            return default;
        }
    }
}
