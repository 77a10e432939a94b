using Zoetrope.Http;
using Zoetrope.Providers;
using Zoetrope.Uploads;

namespace Zoetrope.Fal.Files;

/// <summary>A token for fal's CDN.</summary>
/// <param name="Header">The header that carries it.</param>
/// <param name="BaseUrl">The address of the CDN, without a slash at the end.</param>
/// <param name="ExpiresAt">When it expires.</param>
internal sealed record FalCdnToken(KeyValuePair<string, string> Header, string BaseUrl, DateTimeOffset ExpiresAt);

/// <summary>The token of a client for fal's CDN, which is asked for again a while before it expires.</summary>
#pragma warning disable CA1001 // Nobody waits by the handle of its semaphore, so there is nothing to release.
internal sealed class FalCdnTokens(FalConnection connection)
#pragma warning restore CA1001
{
    // An upload may take long after it has begun.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private FalCdnToken? _token;
    private DateTimeOffset _renewAt;

    /// <summary>The token.</summary>
    /// <param name="transfer">The upload that needs it.</param>
    /// <exception cref="UploadException">There is no usable response.</exception>
    public async Task<FalCdnToken> GetAsync(FileTransfer transfer)
    {
        try
        {
            await _turn.WaitAsync(transfer.CancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception)
        {
            throw transfer.Canceled(UploadStep.Initiate, exception);
        }
        try
        {
            var now = connection.Options.TimeProvider.GetUtcNow();
            if (_token is { } known && now < _renewAt)
                return known;
            var response = await transfer.InitiateAsync(new TransportRequest
            {
                Method = HttpMethod.Post,
                Uri = new Uri(connection.RestRoot + "/storage/auth/token?storage_type=fal-cdn-v3"),
                Json = "{}"u8.ToArray(),
            }).ConfigureAwait(false);
            var token = Read(response) ?? throw transfer.Fail(
                UploadStep.Initiate, "the response has no token", reason: response.Malformed("The response is not a token"));
            // A token that is valid for a short time only is used for half of it.
            var life = token.ExpiresAt - now;
            _renewAt = now + (life > Margin * 2 ? life - Margin : life / 2);
            return _token = token;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Forgets a token that was refused, unless another upload has done so before.</summary>
    public void Forget(FalCdnToken token) => Interlocked.CompareExchange(ref _token, null, token);

    private static FalCdnToken? Read(TransportResponse response)
    {
        string? token = null, type = null, baseUrl = null;
        DateTimeOffset? expiresAt = null;
        if (!FalUploadJson.TryBegin(response, out var reader))
            return null;
        while (ProtocolJson.NextMember(ref reader, out var name))
        {
            if (name.SequenceEqual("token"u8))
                token = ProtocolJson.Text(ref reader);
            else if (name.SequenceEqual("token_type"u8))
                type = ProtocolJson.Text(ref reader);
            else if (name.SequenceEqual("base_url"u8))
                baseUrl = ProtocolJson.Text(ref reader);
            else if (name.SequenceEqual("expires_at"u8))
                expiresAt = ProtocolJson.Moment(ref reader);
            else
                reader.Skip();
        }
        // Without a time it is used once.
        return string.IsNullOrWhiteSpace(token)
            ? null
            : new(new("Authorization", $"{type ?? "Bearer"} {token}"), (baseUrl ?? "https://v3.fal.media").TrimEnd('/'), expiresAt ?? default);
    }
}
