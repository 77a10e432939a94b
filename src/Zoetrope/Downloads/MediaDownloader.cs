using System.Net;
using Zoetrope.Errors;
using Zoetrope.Formats;
using Zoetrope.Http;
using Zoetrope.Http.Compression;
using Zoetrope.Media;
using Zoetrope.Text;
using Zoetrope.Time;

namespace Zoetrope.Downloads;

/// <summary>
/// Downloads the files that results refer to. A result's URL comes from a server, so it is checked: http or https only, no host of this machine or of a private
/// network except that of the base URL, and each redirect is checked again. The key is sent only where the provider's files need it, and only to addresses that
/// may get it.
/// </summary>
/// <param name="options">The client's options.</param>
/// <param name="keyFor">Returns the key to request an address with; without a value where none is sent.</param>
internal sealed class MediaDownloader(MediaClientOptions options, Func<Uri, AuthHeader> keyFor) : IDisposable
{
    private const int MostRedirects = 5;
    private const int BufferSize = 128 * 1024;
    private const int SniffedBytes = 512;

    private readonly FileConnections _connections = new(options);
    private readonly CancellationTokenSource _disposal = new();

    public Task<long> DownloadAsync(MediaFile file, Stream destination, CancellationToken ct) => DownloadAsync(file, null, new Whole(destination), ct);

    public Task<string> SaveAsync(MediaFile file, string path, CancellationToken ct) =>
        CompleteFile.WriteAsync(path, (destination, token) => DownloadAsync(file, path, new Whole(destination), token), ct);

    public Task<long> ResumeAsync(MediaFile file, PartialDownload part, CancellationToken ct) => DownloadAsync(file, null, part, ct);

    public void Dispose()
    {
        _disposal.Cancel();
        _connections.Dispose();
    }

    private async Task<long> DownloadAsync(MediaFile file, string? path, PartialDownload part, CancellationToken ct)
    {
        var url = file.Url;
        if (DataUri.IsOne(url))
            return await DecodeAsync(url, part, ct).ConfigureAwait(false);
#pragma warning disable CA1513 // The user disposed a client; this type is not theirs, and clients are in a layer above.
        if (_disposal.IsCancellationRequested)
            throw new ObjectDisposedException("MediaClient");
#pragma warning restore CA1513
        var http = _connections.Client;
        using var deadline = new Deadline(options.PollTimeout, options.TimeProvider, ct, _disposal.Token);
        var server = "the file's server";
        try
        {
            var address = Check(url, null);
            var first = address.GetLeftPart(UriPartial.Path);
            var isAnew = false;
            for (var hops = 0; ; hops++)
            {
                // Only the host of a redirect's target is shown: the rest comes from the server.
                server = hops == 0 ? first : $"{first} (redirected to {address.IdnHost})";
                using var message = new HttpRequestMessage(HttpMethod.Get, address);
                RequestMessages.FollowVersion(message, http);
                var isRest = !isAnew && message.RequestRest(part);
                if (keyFor(address) is { Value.Length: > 0 } key)
                {
                    message.Headers.TryAddWithoutValidation(key.Name, key.Value);
                    if (options.Tokens is { } tokens)
                        await ApplyAsync(tokens, message, key, deadline).ConfigureAwait(false);
                }
                using var response = await SendAsync(http, message, server, deadline.Token).ConfigureAwait(false);
                if (response.RequestMessage?.RequestUri is { } last && last != address)
                    Check(last.OriginalString, address);
                if (isRest && response.StatusCode is HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable
                    && !response.IsRestOf(part) && !response.IsNothingAfter(part))
                {
                    // What is stored is of no use: the same address is requested once more, and all of it.
                    isAnew = true;
                    hops--;
                    continue;
                }
                if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
                    return await CopyAsync(response, part, isRest, new FileContent(file, path, server), server, deadline).ConfigureAwait(false);
                if (hops == MostRedirects)
                    throw new MediaDownloadException($"The file redirects more than {MostRedirects} times.", response.StatusCode);
                var target =
                    response.Headers.Location ?? throw new MediaDownloadException($"{server} sent a redirect without a Location.", response.StatusCode);
                address = Uri.TryCreate(address, target, out var next)
                    ? Check(next.AbsoluteUri, address)
                    : throw new MediaDownloadException($"{server} sent a redirect whose Location is not a valid URL.", response.StatusCode);
            }
        }
        catch (OperationCanceledException exception) when (!ct.IsCancellationRequested)
        {
            var problem = deadline.IsStopped
                ? $"The client was disposed before {server} had sent the whole file."
                : $"{server} sent nothing for {options.PollTimeout}.";
            throw new MediaDownloadException(problem, null, exception);
        }
    }

    private async Task ApplyAsync(TokenKeys tokens, HttpRequestMessage message, AuthHeader key, Deadline deadline)
    {
        try
        {
            await tokens.ApplyAsync(message.Headers, key, null, deadline.Token).ConfigureAwait(false);
        }
        catch (TransportException exception)
        {
            throw new MediaDownloadException(exception.Message, null, exception);
        }
        catch (OperationCanceledException exception) when (deadline.IsOver)
        {
            throw new MediaDownloadException($"The token provider returned no key within {options.PollTimeout}, so nothing was sent.", null, exception);
        }
    }

    private async Task<long> DecodeAsync(string url, PartialDownload part, CancellationToken ct)
    {
        if (!DataUri.TryDecode(url, out _, out var bytes))
            throw new MediaDownloadException("The result's data URI cannot be decoded.");
        if (bytes.Length > options.MaxDownloadBytes)
            throw TooLarge();
        await part.RestartAsync(null, ct).ConfigureAwait(false);
        await part.AppendAsync(bytes, ct).ConfigureAwait(false);
        return bytes.Length;
    }

    private Uri Check(string url, Uri? from)
    {
        if (url.Length == 0)
            throw new MediaDownloadException("The result has no URL for the file.");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
            throw new MediaDownloadException("The file's address is not an http or https URL.");
        if (address.UserInfo.Length > 0)
            throw new MediaDownloadException("The file's address contains a password, which is not sent.");
        if (!_connections.Hosts.MayAsk(address))
        {
            throw new MediaDownloadException(
                $"The file's address names a host of this machine or of a private network ({address.Host}), which files are not downloaded from.");
        }
        if (from is not null && from.Scheme == Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttps)
            throw new MediaDownloadException("The file redirects from https to http, which is not followed.");
        return address;
    }

    private async Task<long> CopyAsync(
        HttpResponseMessage response, PartialDownload part, bool isRest, FileContent content, string server, Deadline deadline)
    {
        // The end that was stored last time may be the end of the file.
        if (isRest && response.IsNothingAfter(part))
            return await EndAsync(part, content, deadline.Token).ConfigureAwait(false);
        isRest &= response.StatusCode == HttpStatusCode.PartialContent;
        if (response.StatusCode != HttpStatusCode.OK && !isRest)
            throw new MediaDownloadException($"{server} responded with {(int)response.StatusCode}.", response.StatusCode);
        // Nothing but the whole file, or its rest, is requested.
        if (!isRest && response.IsPart())
            throw new MediaDownloadException($"{server} sent only a part of the file: {response.Content.Headers.ContentRange}.", response.StatusCode);
        if ((isRest ? part.Length : 0) + response.Content.Headers.ContentLength > options.MaxDownloadBytes)
            throw TooLarge();
        if (isRest)
            await BeginAsync(part, content, deadline.Token).ConfigureAwait(false);
        var body = await response.Content.ReadAsStreamAsync(deadline.Token).ConfigureAwait(false);
        using var source = ContentCoding.Open(body, response.Content.Headers, options.MaxDownloadBytes);
        var pace = new TransferPace(options.PollTimeout, options.MinBytesPerSecond, options.TransferTimeout, isText: false, options.TimeProvider);
        var buffer = new byte[BufferSize];
        var (held, total) = (0, isRest ? part.Length : 0L);
        int read;
        do
        {
            deadline.Restart(pace.Left);
            var start = options.TimeProvider.GetTimestamp();
            read = await ReadAsync(source, buffer.AsMemory(held), server, pace, deadline).ConfigureAwait(false);
            pace.Received(buffer.AsSpan(held, read), options.TimeProvider.GetElapsedTime(start));
            held += read;
            if (total + held > options.MaxDownloadBytes)
                throw TooLarge();
            // The first bytes are buffered until there are enough of them to identify the content.
            if (total == 0 && held < SniffedBytes && read > 0)
                continue;
            var isFirst = total == 0;
            if (isFirst)
                content.Begin(buffer.AsSpan(0, held), response.Content.Headers.ContentType?.MediaType);
            if (total + held == 0)
                content.End(0, hasKnownEnd: true);
            // The destination is the user's own, and may be slow.
            deadline.Restart(Timeout.InfiniteTimeSpan);
            // Not before: what is stored is worth more than a web page.
            if (isFirst)
                await part.RestartAsync(response.ValidatorOf(), deadline.Token).ConfigureAwait(false);
            await part.AppendAsync(buffer.AsMemory(0, held), deadline.Token).ConfigureAwait(false);
            total += held;
            held = 0;
        }
        while (read > 0);
        if (isRest && response.Content.Headers.ContentRange is { } range && total != range.Length)
        {
            // Less than all is legal, and the next download goes on; more is nothing that can be trusted.
            if (total > range.Length)
                await part.RestartAsync(null, deadline.Token).ConfigureAwait(false);
            throw new MediaDownloadException($"{server} sent {total} bytes of a file that, as it says, has {range.Length}.");
        }
        content.End(total, HasKnownEnd(response));
        return total;
    }

    private static async ValueTask BeginAsync(PartialDownload part, FileContent content, CancellationToken ct)
    {
        var start = new byte[SniffedBytes];
        var length = await part.ReadStartAsync(start, ct).ConfigureAwait(false);
        content.Begin(start.AsSpan(0, length), null);
    }

    private static async Task<long> EndAsync(PartialDownload part, FileContent content, CancellationToken ct)
    {
        try
        {
            await BeginAsync(part, content, ct).ConfigureAwait(false);
            content.End(part.Length, hasKnownEnd: true);
            return part.Length;
        }
        catch (MediaDownloadException)
        {
            // The next download begins anew, or it would find the same.
            await part.RestartAsync(null, ct).ConfigureAwait(false);
            throw;
        }
    }

    // Otherwise the end of the connection is that of the body, and a server that fails ends it as well.
    private static bool HasKnownEnd(HttpResponseMessage response) =>
        response.Content.Headers.ContentLength is not null || response.Headers.TransferEncodingChunked == true || response.Version.Major > 1;

    // Failures of the source are distinguished from those of the destination, which is the user's own.
    private static async Task<int> ReadAsync(Stream source, Memory<byte> buffer, string server, TransferPace pace, Deadline deadline)
    {
        try
        {
            return await source.ReadAsync(buffer, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (deadline.IsOver)
        {
            throw new MediaDownloadException($"{server} {pace.Problem()}.", null, exception);
        }
        catch (IOException exception)
        {
            throw Unreadable(server, "broke off", (exception as HttpIOException)?.HttpRequestError ?? HttpRequestError.Unknown, exception);
        }
    }

    // A client that follows redirects throws exceptions of its own for invalid ones.
    private async Task<HttpResponseMessage> SendAsync(HttpMessageInvoker http, HttpRequestMessage message, string server, CancellationToken ct)
    {
        try
        {
            return await options.SendAsync(http, message, ct).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or ObjectDisposedException))
        {
            throw Unreadable(server, "cannot be read", (exception as HttpRequestException)?.HttpRequestError ?? HttpRequestError.Unknown, exception);
        }
    }

    // The exceptions of .NET quote an invalid response: the server's own words, of any length and content.
    private static MediaDownloadException Unreadable(string server, string what, HttpRequestError error, Exception reason) =>
        error == HttpRequestError.InvalidResponse
        ? new MediaDownloadException($"{server} did not send a valid HTTP response.")
        : new MediaDownloadException($"{server} {what}: {MessageText.Short(reason.Message)}", null, reason);

    private MediaDownloadException TooLarge() =>
        new($"The file is larger than {options.MaxDownloadBytes} bytes, the maximum that this client downloads ({nameof(ClientOptions.MaxDownloadBytes)}).");

    /// <summary>The stream of a caller that begins with the file.</summary>
    private sealed class Whole(Stream destination) : PartialDownload
    {
        public override long Length => 0;

        public override string? Validator => null;

        public override ValueTask<int> ReadStartAsync(Memory<byte> start, CancellationToken cancellationToken) => new(0);

        public override ValueTask RestartAsync(string? validator, CancellationToken cancellationToken) => default;

        public override ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
            destination.WriteAsync(bytes, cancellationToken);
    }
}
