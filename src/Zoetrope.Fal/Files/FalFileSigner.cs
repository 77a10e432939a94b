using Zoetrope.Http;
using Zoetrope.Json;
using Zoetrope.Providers;

namespace Zoetrope.Fal.Files;

/// <summary>Asks fal for addresses with signatures.</summary>
internal static class FalFileSigner
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>Asks for one.</summary>
    public static async Task<FalSignedFile> SignAsync(FalConnection connection, string url, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        Check(connection, url, lifetime);
        var asked = connection.Options.TimeProvider.GetUtcNow();
        var body = new JsonWriter();
        body.WriteStartObject();
        body.WriteNumber("expiration_seconds", (long)lifetime.TotalSeconds);
        body.WriteEndObject();
        var request = new TransportRequest
        {
            Method = HttpMethod.Post,
            Uri = new Uri($"{connection.PlatformRoot}/v1/storage/files/sign?url={Uri.EscapeDataString(url)}"),
            Json = body.Written,
        };
        var response = await connection.Transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return new(Read(response) ?? throw response.Malformed("The response is not a signed address"), asked + lifetime);
    }

    private static void Check(FalConnection connection, string url, TimeSpan lifetime)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(url);
        // A simulator or a gateway may have its files at http.
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address)
            || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && connection.Options.BaseUrl is not null)))
            throw new ArgumentException("The URL of a file at fal is an absolute https URL. Nothing was sent.", nameof(url));
        // A text with a question mark or a hash has a query or a fragment, even an empty one.
        if (url.AsSpan().ContainsAny('?', '#') || address.UserInfo.Length > 0)
            throw new ArgumentException("The URL of a file to sign has no query, no fragment and no user. Nothing was sent.", nameof(url));
        if (lifetime < TimeSpan.FromSeconds(1) || lifetime > Longest || lifetime.Ticks % TimeSpan.TicksPerSecond != 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(lifetime), lifetime, "A signed address works for whole seconds, at least one and at most 7 days. Nothing was sent.");
        }
    }

    private static string? Read(TransportResponse response)
    {
        string? url = null;
        if (!FalUploadJson.TryBegin(response, out var reader))
            return null;
        while (ProtocolJson.NextMember(ref reader, out var name))
        {
            if (name.SequenceEqual("signed_url"u8))
                url = ProtocolJson.Text(ref reader);
            else
                reader.Skip();
        }
        return Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" ? url : null;
    }
}
