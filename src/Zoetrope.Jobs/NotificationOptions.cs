using System.Security.Cryptography;
using System.Text;
using Zoetrope.Http;

namespace Zoetrope.Jobs;

/// <summary>
/// A URL to which a ledger sends a webhook whenever a job was delivered, has failed, was canceled, or is in doubt: at least once, and again until it responds
/// with a status of success. It is signed as Standard Webhooks (standardwebhooks.com) describe it.
/// </summary>
public sealed class NotificationOptions
{
    private const string SecretPrefix = "whsec_";

    private readonly byte[][] _keys;

    /// <summary>Initializes a new instance of the <see cref="NotificationOptions"/> class.</summary>
    /// <param name="url">The URL: https, or http on this machine. Redirects are not followed.</param>
    /// <param name="secrets">
    /// The secrets by which the receiver recognizes the ledger, each <c>whsec_</c> and 24 to 64 bytes in base64: one, or two while one is replaced by the
    /// other.
    /// </param>
    /// <exception cref="ArgumentException">The URL or a secret is not valid. The message does not contain it.</exception>
    public NotificationOptions(Uri url, params IReadOnlyList<string> secrets)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(secrets);
        if (!url.IsAbsoluteUri || !(url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && BaseAddress.IsThisMachine(url))))
            throw new ArgumentException("The URL of notifications must be an absolute https URL, or an http URL of this machine.", nameof(url));
        if (url.UserInfo.Length > 0)
            throw new ArgumentException("The URL of notifications must not have a password.", nameof(url));
        if (secrets.Count == 0)
            throw new ArgumentException("Notifications need a secret.", nameof(secrets));
        Url = url;
        _keys = [.. secrets.Select(KeyOf)];
    }

    /// <summary>The URL.</summary>
    public Uri Url { get; }

    /// <summary>
    /// The name by which the ledger keeps what was sent and what was not; at most 200 characters. By default it is made of the URL, which is not in the
    /// ledger itself, and the batch. Set it to change the URL without losing what is still to be sent. A new name gets what happens after the ledger is first
    /// opened with it.
    /// </summary>
    public string Name
    {
        get => field ?? $"{Url.IdnHost}#{Hash(Batch is null ? Url.AbsoluteUri : $"{Url.AbsoluteUri} {Batch}")}";
        init;
    }

    /// <summary>
    /// The only batch whose jobs are notified of; null, the default, for those of all batches. A name keeps the batch that it was first opened with.
    /// </summary>
    public string? Batch { get; init; }

    /// <summary>The number of notifications that this process sends to the URL at once; 4 by default. No other URL, and no job, waits for them.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>The time in which the receiver must respond; 15 seconds by default.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The time after which a notification is sent again; five seconds by default. It is four times as long after each attempt, up to ten hours.
    /// </summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a notification is sent again; three days by default. Then it is abandoned, which is an entry in the history of its job. A receiver that
    /// responds with 410 gets it no more, either.
    /// </summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromDays(3);

    /// <exception cref="ArgumentException">An option has a value that it cannot have.</exception>
    internal void Check()
    {
        ArgumentException.ThrowIfNullOrEmpty(Name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Name.Length, 200, nameof(Name));
        ArgumentOutOfRangeException.ThrowIfLessThan(Concurrency, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Timeout, TimeSpan.FromMilliseconds(10));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Timeout, TimeSpan.FromHours(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(RetryDelay, TimeSpan.FromMilliseconds(1));
        ArgumentOutOfRangeException.ThrowIfLessThan(Lifetime, TimeSpan.Zero);
    }

    /// <summary>The value of the header <c>webhook-signature</c>: a signature by each secret.</summary>
    internal string Sign(string id, string timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        return string.Join(' ', _keys.Select(key => "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, signed))));
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));

    private static byte[] KeyOf(string secret)
    {
        var key = new byte[64];
        if (secret is null || !secret.StartsWith(SecretPrefix, StringComparison.Ordinal)
            || !Convert.TryFromBase64String(secret[SecretPrefix.Length..], key, out var length) || length < 24)
        {
            throw new ArgumentException($"A secret of notifications must be {SecretPrefix} and 24 to 64 bytes in base64.", nameof(secret));
        }
        return key[..length];
    }
}
