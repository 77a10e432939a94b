using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Zoetrope.Webhooks;

namespace Zoetrope.Jobs.Tests.Webhooks;

/// <summary>Makes requests as providers post them, with signatures that are computed here from the providers' documentation.</summary>
internal static class Deliveries
{
    /// <summary>The time of the clock of <see cref="FakeTime"/>.</summary>
    public const long Now = 1767323045;

    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /// <summary>Options whose clock stands still.</summary>
    public static WebhookOptions Options => new() { TimeProvider = new FakeTime() };

    /// <summary>The headers of Standard Webhooks.</summary>
    public static Dictionary<string, string[]> Standard(string body, string id = "msg_1", long time = Now, string secret = Secret) => Headers(
        ("webhook-id", id), ("webhook-timestamp", time.ToString(CultureInfo.InvariantCulture)),
        ("webhook-signature", "v1," + Convert.ToBase64String(Hash(Convert.FromBase64String(secret["whsec_".Length..]), id, time, body))));

    /// <summary>The hash that signatures of Standard Webhooks are made of.</summary>
    public static byte[] Hash(byte[] key, string id, long time, string body) =>
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{time}.{body}")));

    public static Dictionary<string, string[]> Headers(params (string Name, string Value)[] headers) =>
        headers.ToDictionary(header => header.Name, header => new[] { header.Value }, StringComparer.OrdinalIgnoreCase);

    public static Task<WebhookReception> ReceiveAsync(this WebhookReceiver receiver, string body, Dictionary<string, string[]> headers) =>
        receiver.ReceiveAsync(Encoding.UTF8.GetBytes(body), name => headers.GetValueOrDefault(name), TestContext.Current.CancellationToken);

    /// <summary>Receives what must be refused by its headers: the body cannot be read.</summary>
    public static async Task<WebhookRefusalReason> EarlyRefusalAsync(this WebhookReceiver receiver, Dictionary<string, string[]> headers)
    {
        await using var body = new UnreadableBody();
        return (await receiver.ReceiveAsync(body, name => headers.GetValueOrDefault(name), TestContext.Current.CancellationToken)).Refusal!.Reason;
    }

    /// <summary>Receives what must be refused, and returns the reason.</summary>
    public static async Task<WebhookRefusalReason> RefusalAsync(this WebhookReceiver receiver, string body, Dictionary<string, string[]> headers)
    {
        var reception = await receiver.ReceiveAsync(body, headers);
        Assert.False(reception.IsAccepted);
        Assert.Null(reception.Delivery);
        Assert.Equal(reception.Refusal.StatusCode, reception.StatusCode);
        return reception.Refusal.Reason;
    }

    /// <summary>Receives what must be accepted.</summary>
    public static async Task<WebhookDelivery> DeliveryAsync(this WebhookReceiver receiver, string body, Dictionary<string, string[]> headers)
    {
        var reception = await receiver.ReceiveAsync(body, headers);
        Assert.True(reception.IsAccepted, reception.Refusal?.ToString());
        return reception.Delivery;
    }

    /// <summary>Receives what must be accepted, and completes it.</summary>
    public static async Task CompleteAsync(this WebhookReceiver receiver, string body, Dictionary<string, string[]> headers) =>
        await (await receiver.DeliveryAsync(body, headers)).CompleteAsync(TestContext.Current.CancellationToken);

    private sealed class UnreadableBody : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException("The body was read before the headers were refused.");
    }
}
