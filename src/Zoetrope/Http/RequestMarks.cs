namespace Zoetrope.Http;

/// <summary>
/// What handlers of a user's <see cref="HttpClient"/> may know of a request: whether it may be sent again. Handlers that retry or hedge must leave marked
/// requests alone; one that sends such a request again nevertheless is stopped before a byte is sent (<see cref="Errors.TransportFailure.Repeated"/>).
/// </summary>
public static class RequestMarks
{
    /// <summary>
    /// Marks requests that must be sent once, because a second one may be paid for, too: submits, and other requests that are not idempotent. The value is
    /// true; requests that may be sent again do not have the option. Its name is <c>Zoetrope.SendOnce</c>.
    /// </summary>
    public static HttpRequestOptionsKey<bool> SendOnce { get; } = new("Zoetrope.SendOnce");

    /// <summary>
    /// Marks requests that take as long as the work behind them, such as direct runs, or as a file in their body is large: a handler must not end them early,
    /// and their connections are busy for long. Streams of statuses, which have no body, are recognized by <see cref="IsLong"/> alone. The value is true. Its
    /// name is <c>Zoetrope.Long</c>.
    /// </summary>
    public static HttpRequestOptionsKey<bool> Long { get; } = new("Zoetrope.Long");

    /// <summary>Whether a request must be sent once: it, or the request that it was copied from, is marked with <see cref="SendOnce"/>.</summary>
    /// <param name="request">The request; null is not marked.</param>
    public static bool IsSentOnce(HttpRequestMessage? request) =>
        request?.Content is { } content && (content is TrackedContent tracked ? tracked.IsSentOnce : Has(request, SendOnce));

    /// <summary>Whether a request is marked with <see cref="Long"/>, or opens a stream of statuses.</summary>
    /// <param name="request">The request; null is not marked.</param>
    public static bool IsLong(HttpRequestMessage? request) =>
        request is LongRequest || (request?.Content is { } content && (content is TrackedContent tracked ? tracked.IsLong : Has(request, Long)));

    // Only where there is a content, which all that has a mark has: to look at the options of a message makes them.
    private static bool Has(HttpRequestMessage request, HttpRequestOptionsKey<bool> mark) => request.Options.TryGetValue(mark, out var has) && has;
}
