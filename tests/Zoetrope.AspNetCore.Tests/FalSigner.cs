using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Math.EC.Rfc8032;
using Zoetrope.Fal.Webhooks;

namespace Zoetrope.AspNetCore.Tests;

/// <summary>Signs deliveries as fal's documentation says, with the key of RFC 8032, section 7.1, test 1.</summary>
internal static class FalSigner
{
    public const string User = "user-1";
    public const string RequestId = "5057fca7-2eb3-468f-b95d-cefe92b0b9d4";

    // As fal writes it, with the separators of Python.
    public const string Body =
        $$$"""{"error": null, "payload": {"video": {"url": "https://v3.fal.media/files/a.mp4"}}, "request_id": "{{{RequestId}}}", "status": "OK"}""";

    private static readonly byte[] _key = Convert.FromHexString("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");

    /// <summary>Publishes the key.</summary>
    public static Func<FakeServer.Exchange, Task> Keys()
    {
        var key = new byte[32];
        Ed25519.GeneratePublicKey(_key, 0, key, 0);
        Assert.Equal("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", Convert.ToHexStringLower(key));
        return FakeServer.Reply(200, $$"""{"keys":[{"kty":"OKP","crv":"Ed25519","x":"{{Base64Url.EncodeToString(key)}}"}]}""");
    }

    /// <summary>The options of a receiver of such deliveries.</summary>
    public static FalWebhookOptions Options(FakeServer keys, params string[] users) =>
        new() { KeysUrl = new Uri(keys.Url, "keys"), UserIds = users.Length == 0 ? [User] : users };

    /// <summary>A signed delivery.</summary>
    public static HttpRequestMessage Delivery(
        string path = "/hooks/fal", string body = Body, string user = User, string id = RequestId, int secondsAgo = 0, string contentType = "application/json")
    {
        var seconds = (DateTimeOffset.UtcNow.ToUnixTimeSeconds() - secondsAgo).ToString(CultureInfo.InvariantCulture);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
        var message = Encoding.UTF8.GetBytes($"{id}\n{user}\n{seconds}\n{hash}");
        var signature = new byte[64];
        Ed25519.Sign(_key, 0, message, 0, message.Length, signature, 0);
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, contentType) };
        request.Headers.Add("X-Fal-Webhook-Request-Id", id);
        request.Headers.Add("X-Fal-Webhook-User-Id", user);
        request.Headers.Add("X-Fal-Webhook-Timestamp", seconds);
        request.Headers.Add("X-Fal-Webhook-Signature", Convert.ToHexStringLower(signature));
        return request;
    }
}
