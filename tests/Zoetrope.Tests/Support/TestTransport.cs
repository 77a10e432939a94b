using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Json;

namespace Zoetrope.Tests;

/// <summary>A transport to a fake server, with a key.</summary>
internal static class TestTransport
{
    public const string Key = "id-1234567890:secret-abcdefgh";

    public static readonly TimeSpan SubmitTimeout = TimeSpan.FromMinutes(10);

    public static Zoetrope.Http.Transport Create(Uri? baseUrl, TimeProvider? time = null, Action<MediaClientOptions>? configure = null)
    {
        var options = new MediaClientOptions { BaseUrl = baseUrl, SubmitTimeout = SubmitTimeout, Jitter = new Random(1) };
        if (time is not null)
            options.TimeProvider = time;
        configure?.Invoke(options);
        return new("test", options, new PlainErrors(), new TrustedHosts("provider.test"), new AuthHeader("Authorization", "Key " + Key));
    }

    public static TransportRequest Get(Uri uri, TimeSpan? timeout = null) => new() { Method = HttpMethod.Get, Uri = uri, Timeout = timeout };

    public static TransportRequest Post(Uri uri) => new() { Method = HttpMethod.Post, Uri = uri, Json = "{\"prompt\":\"a cat\"}"u8.ToArray() };

    /// <summary>Takes <c>message</c> from a JSON body, else the body's beginning.</summary>
    private sealed class PlainErrors : IServiceErrorReader
    {
        public ServiceError Read(TransportResponse response) => new()
        {
            Message = MessageOf(response.Json) ?? response.Excerpt(),
            RequestId = response.Header("x-request-id"),
            Body = response.Json,
        };

        private static string? MessageOf(RawJson? json) =>
            json is { Kind: System.Text.Json.JsonValueKind.Object } body
                && body.Deserialize<AnyObject>().ExtraProperties.TryGetValue("message", out var message) ? message.AsString() : null;
    }
}
