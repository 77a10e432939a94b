using System.Buffers.Text;
using System.Text.Json;

namespace Zoetrope.Fal.Webhooks;

/// <summary>fal's published keys (a JSON Web Key Set), which are fetched when they are needed, and again when they are old or have been replaced.</summary>
internal sealed class FalKeys : IDisposable
{
    private const int KeyLength = 32;
    private const int LongestResponse = 256 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly FalWebhookOptions _options;
    private readonly HttpClient _client;
    private readonly bool _isOwnClient;
    private readonly Lock _gate = new();
    private DateTimeOffset _triedAt = DateTimeOffset.MinValue;
    private Task? _fetch;
    private volatile Fetched? _fetched;

    public FalKeys(FalWebhookOptions options)
    {
        _options = options;
        _isOwnClient = options.HttpClient is null;
#pragma warning disable RS0030 // The rules of the SDK's clients are about keys and bills: this one sends neither.
        _client = options.HttpClient ?? new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Patience };
#pragma warning restore RS0030
    }

    /// <summary>The keys that are known, fetched where there are none or they are old; null where they cannot be fetched.</summary>
    public async ValueTask<Fetched?> GetAsync(CancellationToken cancellationToken) =>
        _fetched is { } known && known.Until > _options.TimeProvider.GetUtcNow()
            ? known
            : await FetchAsync(_fetched, cancellationToken).ConfigureAwait(false);

    /// <summary>Keys that are newer than others; null where it is too early to fetch them, or they cannot be fetched.</summary>
    public async ValueTask<Fetched?> GetNewerAsync(Fetched than, CancellationToken cancellationToken) =>
        await FetchAsync(than, cancellationToken).ConfigureAwait(false) is { } fetched && !ReferenceEquals(fetched, than) ? fetched : null;

    public void Dispose()
    {
        if (_isOwnClient)
            _client.Dispose();
    }

    // All deliveries that need the keys wait for one request, which ends for none of them: one that is aborted must not cost the others the keys.
    private async ValueTask<Fetched?> FetchAsync(Fetched? known, CancellationToken cancellationToken)
    {
        var now = _options.TimeProvider.GetUtcNow();
        Task? fetch;
        lock (_gate)
        {
            // Another delivery has fetched them meanwhile.
            if (_fetched is { } other && !ReferenceEquals(other, known))
                return other;
            if (_fetch is null && now - _triedAt >= _options.LeastFetchInterval)
            {
                _triedAt = now;
                _fetch = Task.Run(() => FetchAsync(now), CancellationToken.None);
            }
            fetch = _fetch;
        }
        if (fetch is not null)
            await fetch.WaitAsync(cancellationToken).ConfigureAwait(false);
        return _fetched is { } current && current.Until > now ? current : null;
    }

    private async Task FetchAsync(DateTimeOffset now)
    {
        List<byte[]>? keys = null;
        try
        {
            keys = await TryFetchAsync().ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                if (keys is { Count: > 0 })
                    _fetched = new(keys, now + _options.KeyLifetime);
                _fetch = null;
            }
        }
    }

    private async Task<List<byte[]>?> TryFetchAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            using var response = await _client.GetAsync(_options.KeysUrl, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
                return null;
            var stream = await response.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                var body = new byte[LongestResponse];
                var length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, patience.Token).ConfigureAwait(false);
                using var document = JsonDocument.Parse(body.AsMemory(0, length));
                return Read(document.RootElement);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException or OperationCanceledException)
        {
            // The delivery is refused as one that cannot be verified now, so that fal repeats it.
            return null;
        }
    }

    private static List<byte[]> Read(JsonElement set)
    {
        var keys = new List<byte[]>();
        if (set.ValueKind != JsonValueKind.Object || !set.TryGetProperty("keys", out var list) || list.ValueKind != JsonValueKind.Array)
            return keys;
        foreach (var key in list.EnumerateArray())
        {
            // Keys of other kinds may stand beside them; only "x" is certain to be there.
            if (TextOf(key, "crv") is null or "Ed25519" && TextOf(key, "kty") is null or "OKP" && TextOf(key, "x") is { } x && Decode(x) is { } bytes)
                keys.Add(bytes);
        }
        return keys;
    }

    private static string? TextOf(JsonElement key, string name) =>
        key.ValueKind == JsonValueKind.Object && key.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[]? Decode(string text) =>
        Base64Url.IsValid(text) && Base64Url.DecodeFromChars(text) is { Length: KeyLength } bytes ? bytes : null;

    /// <summary>Keys that were fetched together.</summary>
    /// <param name="Keys">The keys.</param>
    /// <param name="Until">Until when they are used.</param>
    internal sealed record Fetched(IReadOnlyList<byte[]> Keys, DateTimeOffset Until);
}
