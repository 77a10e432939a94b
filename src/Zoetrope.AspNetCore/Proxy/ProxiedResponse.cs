using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Zoetrope.AspNetCore.Proxy;

/// <summary>A response of fal on its way to the browser: part by part, as it comes, and without the key.</summary>
internal sealed partial class ProxiedResponse(
    HttpContext context, FalTarget target, HttpResponseMessage response, KeyFilter filter, FalProxyOptions options, CancellationTokenSource deadline,
    ILogger logger)
{
    private const int PartBytes = 16 * 1024;

    // A response to what is billed is complete before any of it is sent: fal's client repeats a request whose response breaks off, and pays for it twice.
    private const int MaxWholeBytes = 4 * 1024 * 1024;

    private long _total;

    /// <summary>Sends the response.</summary>
    /// <exception cref="HttpRequestException">It breaks off.</exception>
    /// <exception cref="IOException">It breaks off, or is too large.</exception>
    /// <exception cref="InvalidDataException">It is not compressed as it says.</exception>
    public async Task RelayAsync()
    {
        await using var body = await OpenAsync();
        var start = ReadOnlyMemory<byte>.Empty;
        if (target.IsBilled && !IsReadInParts())
        {
            var (read, isWhole) = await ReadStartAsync(body);
            if (isWhole)
            {
                await SendWholeAsync(read);
                return;
            }
            start = read;
        }
        Begin();
        await CopyAsync(start, body);
    }

    private bool IsReadInParts()
    {
        var type = response.Content.Headers.ContentType?.MediaType ?? "";
        return type.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase)
            || (target.IsStream && !type.Contains("json", StringComparison.OrdinalIgnoreCase));
    }

    private async ValueTask<Stream> OpenAsync()
    {
        var body = await response.Content.ReadAsStreamAsync(deadline.Token);
        var encodings = response.Content.Headers.ContentEncoding;
        // Nobody asked for it, but a compressed key would not be seen.
        return encodings.Count == 0 ? body : encodings.Count > 1 ? throw Encoded(string.Join(", ", encodings)) : encodings.Single() switch
        {
            "identity" => body,
            "gzip" or "x-gzip" => new GZipStream(body, CompressionMode.Decompress),
            "deflate" => new ZLibStream(body, CompressionMode.Decompress),
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            var other => throw Encoded(other),
        };
    }

    private static InvalidDataException Encoded(string encoding) => new($"Its encoding is {encoding}, which nobody asked for.");

    private void Begin()
    {
        context.Response.StatusCode = (int)response.StatusCode;
        ProxyHeaders.CopyResponse(response, context.Response.Headers, filter);
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    private async ValueTask<(ReadOnlyMemory<byte> Body, bool IsWhole)> ReadStartAsync(Stream body)
    {
        var read = new ArrayBufferWriter<byte>(PartBytes);
        while (read.WrittenCount < MaxWholeBytes)
        {
            var count = await ReadAsync(body, read.GetMemory(PartBytes)[..PartBytes]);
            if (count == 0)
                return (read.WrittenMemory, true);
            read.Advance(count);
        }
        return (read.WrittenMemory, false);
    }

    private async Task SendWholeAsync(ReadOnlyMemory<byte> body)
    {
        var bytes = body.ToArray();
        filter.Mask(bytes);
        Begin();
        if (bytes.Length > 0)
        {
            context.Response.ContentLength = bytes.Length;
            await context.Response.Body.WriteAsync(bytes, CancellationToken.None);
        }
        await context.Response.CompleteAsync();
        if (target.Operation == FalProxyOperation.Submit && response.IsSuccessStatusCode && context.RequestAborted.IsCancellationRequested)
            LogAbandoned(target.EndpointId, RequestIdOf(bytes));
    }

    private async Task CopyAsync(ReadOnlyMemory<byte> start, Stream body)
    {
        await context.Response.StartAsync(deadline.Token);
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(PartBytes, start.Length) + filter.Longest);
        try
        {
            start.CopyTo(buffer);
            var held = start.Length;
            while (true)
            {
                if (held > 0)
                    held = await SendAsync(buffer, held);
                // More than is held at most fits, whatever was there at the start.
                var count = await ReadAsync(body, buffer.AsMemory(held, PartBytes));
                if (count == 0)
                    break;
                held += count;
            }
            // A key that is cut off is one, unless so little of it is there that it may be anything.
            if (held >= KeyFilter.ShortestSecret)
                buffer.AsSpan(0, held).Fill((byte)'*');
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, held), deadline.Token);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Sends what cannot be the beginning of a key, and moves the rest to the front.</summary>
    private async ValueTask<int> SendAsync(byte[] buffer, int length)
    {
        filter.Mask(buffer.AsSpan(0, length));
        var held = filter.Unsure(buffer.AsSpan(0, length));
        if (held < length)
        {
            await context.Response.Body.WriteAsync(buffer.AsMemory(0, length - held), deadline.Token);
            await context.Response.Body.FlushAsync(deadline.Token);
            buffer.AsSpan(length - held, held).CopyTo(buffer);
        }
        return held;
    }

    private async ValueTask<int> ReadAsync(Stream body, Memory<byte> buffer)
    {
        deadline.CancelAfter(options.IdleTimeout);
        var count = await body.ReadAsync(buffer, deadline.Token);
        _total += count;
        if (_total > options.MaxResponseBytes)
            throw new IOException($"It has more than {options.MaxResponseBytes} bytes ({nameof(FalProxyOptions.MaxResponseBytes)}).");
        return count;
    }

    private static string? RequestIdOf(byte[] receipt)
    {
        try
        {
            using var document = JsonDocument.Parse(receipt);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("request_id"u8, out var id)
                && id.ValueKind == JsonValueKind.String ? id.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [LoggerMessage(4, LogLevel.Warning, "The browser has gone, but its job was submitted to {EndpointId}: {RequestId}")]
    private partial void LogAbandoned(string? endpointId, string? requestId);
}
