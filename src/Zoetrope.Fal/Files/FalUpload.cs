using System.Globalization;
using System.Net;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Uploads;

namespace Zoetrope.Fal.Files;

/// <summary>One upload to fal, by either way.</summary>
/// <param name="connection">The connection to fal.</param>
/// <param name="transfer">The file.</param>
/// <param name="options">The options.</param>
/// <param name="lifecycle">The header with the lifecycle of the file; null for none.</param>
internal sealed class FalUpload(FalConnection connection, FileTransfer transfer, FalUploadOptions options, string? lifecycle)
{
    private const long PartsOfAddressAbove = 90L * 1024 * 1024;
    private const long PartsOfTokenAbove = 100L * 1024 * 1024;

    /// <summary>Whether the file is sent in parts on the way that is tried first.</summary>
    public bool IsInParts => IsLarge(options.Route == FalUploadRoute.Presigned ? PartsOfAddressAbove : PartsOfTokenAbove);

    /// <summary>Sends the file to an address with a signature.</summary>
    public async Task<UploadedFile> ByAddressAsync()
    {
        var isInParts = IsLarge(PartsOfAddressAbove);
        var request = new TransportRequest
        {
            Method = HttpMethod.Post,
            Uri = new Uri($"{connection.RestRoot}/storage/upload/initiate{(isInParts ? "-multipart" : "")}?storage_type=fal-cdn-v3"),
            Json = FalUploadJson.OfFile(transfer.ContentType, transfer.FileName),
        };
        if (lifecycle is not null)
            request.Headers.Add(new("X-Fal-Object-Lifecycle", lifecycle));
        var response = await transfer.InitiateAsync(request).ConfigureAwait(false);
        var names = FalUploadJson.Names(response);
        var stored = Promise(names, response);
        var address = transfer.AddressOf(names.Address);
        if (!isInParts)
        {
            await transfer.PutAsync(address).ConfigureAwait(false);
            return stored;
        }
        var parts = await transfer.PutPartsAsync(
            options.PartBytes, options.PartsAtOnce, part => new((Below(address, Number(part)), null)), FalUploadJson.TagOf).ConfigureAwait(false);
        await transfer.CompleteAsync(Below(address, "complete"), null, FalUploadJson.OfParts(parts)).ConfigureAwait(false);
        return stored;
    }

    /// <summary>Sends the file to the CDN with a token.</summary>
    /// <param name="tokens">The tokens of the client.</param>
    public async Task<UploadedFile> ByTokenAsync(FalCdnTokens tokens)
    {
        var token = await tokens.GetAsync(transfer).ConfigureAwait(false);
        try
        {
            return await WithAsync(token, tokens).ConfigureAwait(false);
        }
        catch (UploadException exception)
            when (exception is { InnerException: ServiceException { StatusCode: HttpStatusCode.Unauthorized }, Remains: UploadRemains.Nothing })
        {
            // It was withdrawn before its time.
            tokens.Forget(token);
            transfer.Restart();
            return await WithAsync(await tokens.GetAsync(transfer).ConfigureAwait(false), tokens).ConfigureAwait(false);
        }
    }

    private async Task<UploadedFile> WithAsync(FalCdnToken token, FalCdnTokens tokens)
    {
        if (!IsLarge(PartsOfTokenAbove))
        {
            var response = await transfer.PostAsync(transfer.AddressOf(token.BaseUrl + "/files/upload"), Headers(token)).ConfigureAwait(false);
            return StoredAt(FalUploadJson.Names(response).Url, response) ?? throw transfer.Fail(
                UploadStep.Transfer, "the response does not name the file", UploadRemains.Unknown, response.Malformed("The response is not that of an upload"));
        }
        var begun = await transfer.InitiateAsync(transfer.AddressOf(token.BaseUrl + "/files/upload/multipart"), Headers(token)).ConfigureAwait(false);
        var names = FalUploadJson.Names(begun);
        var stored = Promise(names, begun);
        if (string.IsNullOrEmpty(names.UploadId))
            throw transfer.Fail(
                UploadStep.Initiate, "the response has no upload id", reason: begun.Malformed("The response is not that of an upload in parts"));
        var address = transfer.AddressOf($"{names.Url}/multipart/{Uri.EscapeDataString(names.UploadId)}");
        // A long upload outlives its token.
        var parts = await transfer.PutPartsAsync(
            options.PartBytes,
            options.PartsAtOnce,
            async part => (Below(address, Number(part)), (KeyValuePair<string, string>[])[
                (await tokens.GetAsync(transfer).ConfigureAwait(false)).Header, new("Content-Type", transfer.ContentType), new("Accept-Encoding", "identity")]),
            FalUploadJson.TagOf).ConfigureAwait(false);
        token = await tokens.GetAsync(transfer).ConfigureAwait(false);
        await transfer.CompleteAsync(Below(address, "complete"), [token.Header], FalUploadJson.OfParts(parts)).ConfigureAwait(false);
        return stored;
    }

    private UploadedFile? StoredAt(string? url, TransportResponse response)
    {
        DateTimeOffset? expiry = options.ExpiresAfter is { } time ? connection.Options.TimeProvider.GetUtcNow() + time : null;
        var stored = transfer.Stored(url, expiresAt: expiry);
        return stored is null ? null : stored with { RequestId = response.Header(FalErrorReader.RequestIdHeader) };
    }

    private UploadedFile Promise(FalUploadNames names, TransportResponse response)
    {
        return transfer.Promised = StoredAt(names.Url, response) ?? throw transfer.Fail(
            UploadStep.Initiate, "the response does not name the file", reason: response.Malformed("The response is not that of an upload"));
    }

    private List<KeyValuePair<string, string>> Headers(FalCdnToken token)
    {
        var headers = new List<KeyValuePair<string, string>>
        {
            token.Header,
            new("Content-Type", transfer.ContentType),
            // Headers are ASCII.
            new("X-Fal-File-Name", System.Text.Ascii.IsValid(transfer.FileName) ? transfer.FileName : Uri.EscapeDataString(transfer.FileName)),
        };
        if (lifecycle is not null)
        {
            // fal's own client sends both names.
            headers.Add(new("X-Fal-Object-Lifecycle", lifecycle));
            headers.Add(new("X-Fal-Object-Lifecycle-Preference", lifecycle));
        }
        return headers;
    }

    private bool IsLarge(long usual) => transfer.Length > (options.PartsAbove ?? usual);

    private static string Number(FilePart part) => part.Number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The address with one more segment in its path, before its query.</summary>
    private static Uri Below(Uri address, string segment) => new($"{address.GetLeftPart(UriPartial.Path)}/{segment}{address.Query}");
}
