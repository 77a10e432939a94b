namespace Zoetrope.Webhooks;

/// <summary>A request to a webhook, as signatures are verified over it.</summary>
public sealed class WebhookRequest
{
    private readonly Func<string, IEnumerable<string?>?> _headers;
    private readonly TimeSpan _tolerance;

    internal WebhookRequest(ReadOnlyMemory<byte> body, Func<string, IEnumerable<string?>?> headers, WebhookOptions options)
    {
        Body = body;
        _headers = headers;
        _tolerance = options.Tolerance;
        ReceivedAt = options.TimeProvider.GetUtcNow();
    }

    /// <summary>The body exactly as it was received.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The time of the receiver's clock.</summary>
    public DateTimeOffset ReceivedAt { get; }

    /// <summary>Reads a header that must be there exactly once: of two values nobody knows which one was verified.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The value without the white space around it.</param>
    /// <returns>Why it cannot be used; null where it can.</returns>
    public WebhookRefusal? ReadHeader(string name, out string value)
    {
        value = "";
        var count = 0;
        foreach (var text in _headers(name) ?? [])
        {
            if (text is null)
                continue;
            count++;
            value = text.Trim();
        }
        if (count > 1)
            return new(WebhookRefusalReason.HeaderMalformed, $"The header {name} is there {count} times.");
        return value.Length == 0 ? new(WebhookRefusalReason.HeaderMissing, $"The header {name} is missing.") : null;
    }

    /// <summary>Reads a time in seconds since 1970, and compares it with <see cref="ReceivedAt"/>.</summary>
    /// <param name="header">The name of the header, for messages.</param>
    /// <param name="text">Its value.</param>
    /// <param name="sentAt">The time.</param>
    /// <returns>Why it cannot be used; null where it can.</returns>
    public WebhookRefusal? ReadTime(string header, string text, out DateTimeOffset sentAt)
    {
        sentAt = default;
        // Digits alone: the text is signed as it is, and a sign or an exponent would be another spelling of it.
        if (text.Length is 0 or > 11 || !text.All(char.IsAsciiDigit))
            return new(WebhookRefusalReason.HeaderMalformed, $"The header {header} is not a time in seconds since 1970.");
        sentAt = DateTimeOffset.FromUnixTimeSeconds(long.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
        var age = ReceivedAt - sentAt;
        return age.Duration() <= _tolerance
            ? null
            : new(WebhookRefusalReason.OutsideTolerance,
                $"The delivery is of {sentAt:u}, which is {(age > TimeSpan.Zero ? "before" : "after")} {ReceivedAt:u} by more than {_tolerance}.");
    }
}
