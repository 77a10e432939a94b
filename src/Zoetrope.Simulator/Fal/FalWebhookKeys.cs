using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Org.BouncyCastle.Math.EC.Rfc8032;
using Zoetrope.Simulator.Http;

namespace Zoetrope.Simulator.Fal;

/// <summary>The keys with which the simulated fal signs webhooks, new for each simulator.</summary>
internal sealed class FalWebhookKeys(TimeProvider clock)
{
    /// <summary>Where they are published.</summary>
    public const string Path = "/.well-known/jwks.json";

    private const string UserId = "simulator";

    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(Ed25519.SecretKeySize);

    /// <summary>The key set.</summary>
    public SimulatedResponse Published()
    {
        var key = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(_secret, 0, key, 0);
        return SimulatedResponse.Json(200, new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "OKP",
                ["crv"] = "Ed25519",
                ["kid"] = "simulator",
                ["x"] = Base64Url.EncodeToString(key),
            }),
        });
    }

    /// <summary>The headers of a delivery.</summary>
    /// <param name="requestId">The id of the job.</param>
    /// <param name="body">The body.</param>
    public IReadOnlyList<KeyValuePair<string, string>> Sign(string requestId, byte[] body)
    {
        var time = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var message = Encoding.UTF8.GetBytes($"{requestId}\n{UserId}\n{time}\n{Convert.ToHexStringLower(SHA256.HashData(body))}");
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(_secret, 0, message, 0, message.Length, signature, 0);
        return
        [
            new("X-Fal-Webhook-Request-Id", requestId),
            new("X-Fal-Webhook-User-Id", UserId),
            new("X-Fal-Webhook-Timestamp", time),
            new("X-Fal-Webhook-Signature", Convert.ToHexStringLower(signature)),
        ];
    }
}
