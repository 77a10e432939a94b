using System.Net;

namespace Zoetrope.Jobs.Notifications;

/// <summary>What came of an attempt to send a notification.</summary>
/// <param name="Reason">Why it failed; null where it was confirmed.</param>
internal sealed record NotificationResponse(string? Reason)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(10);

    /// <summary>Whether the receiver wants no more of it.</summary>
    public bool IsGone { get; private init; }

    /// <summary>How long the receiver asks to be left alone.</summary>
    public TimeSpan RetryAfter { get; private init; }

    public static NotificationResponse Of(Uri url, HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode)
            return new NotificationResponse((string?)null);
        var status = (int)response.StatusCode;
        var failed = Failed(url, status is >= 300 and < 400 ? $"responded with {status}, and redirects are not followed" : $"responded with {status}");
        var after = response.Headers.RetryAfter;
        var pause = after?.Delta ?? after?.Date - TimeProvider.System.GetUtcNow() ?? default;
        return failed with { IsGone = response.StatusCode == HttpStatusCode.Gone, RetryAfter = pause < LongestPause ? pause : LongestPause };
    }

    // The path and the query of a webhook's URL may be secret, and what the receiver says may be anything.
    public static NotificationResponse Failed(Uri url, string what) => new($"{url.Scheme}://{url.Authority} {what}");

    /// <summary>The time until the next attempt.</summary>
    public TimeSpan PauseAfter(int attempts, TimeSpan first)
    {
        var pause = first * Math.Pow(4, Math.Min(attempts - 1, 20));
        if (pause > LongestPause)
            pause = LongestPause;
        // Spread, so that a receiver that comes back does not get all of them at once.
        pause *= 0.8 + (Random.Shared.NextDouble() * 0.4);
        return pause > RetryAfter ? pause : RetryAfter;
    }
}
