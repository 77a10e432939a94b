using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Zoetrope.Specs.Jobs;

namespace Zoetrope.Simulator.Declared;

/// <summary>The headers with which a declared provider proves that a delivery is its own.</summary>
/// <param name="rule">What the declaration says; null for nothing.</param>
/// <param name="clock">The clock of signatures.</param>
internal sealed class DeclaredWebhooks(WebhookRule? rule, TimeProvider clock)
{
    private const string SecretPrefix = "whsec_";

    /// <summary>Makes what signs one delivery, however often it is sent; null where nothing does.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="problem">Why the secret cannot sign; null where it can.</param>
    public Func<byte[], IReadOnlyList<KeyValuePair<string, string>>>? Signer(string secret, out string? problem)
    {
        problem = null;
        if (rule is null or { Scheme: WebhookScheme.None })
            return null;
        if (rule.Scheme == WebhookScheme.SecretHeader)
            return _ => [new(rule.Header, secret)];
        var id = "msg_" + Guid.NewGuid().ToString("N");
        var text = secret.StartsWith(SecretPrefix, StringComparison.Ordinal) ? secret[SecretPrefix.Length..] : secret;
        if (text.Length == 0 || (!rule.IsTextKey && !Base64.IsValid(text)))
        {
            problem = $"The secret of the webhook must be '{SecretPrefix}' and a key{(rule.IsTextKey ? "" : " in base64")}.";
            return null;
        }
        var key = rule.IsTextKey ? Encoding.UTF8.GetBytes(text) : Convert.FromBase64String(text);
        return body =>
        {
            var time = clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{time}."), .. body];
            var hash = HMACSHA256.HashData(key, signed);
            var signature = rule.IsHex ? Convert.ToHexStringLower(hash) : Convert.ToBase64String(hash);
            return [new("webhook-id", id), new("webhook-timestamp", time), new("webhook-signature", $"{rule.Version},{signature}")];
        };
    }
}
