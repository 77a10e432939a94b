using System.Collections.Frozen;

namespace Zoetrope.Fal.Realtime;

/// <summary>The options of a realtime connection.</summary>
public sealed class FalRealtimeOptions
{
    /// <summary>The path of the connection below the app; <c>realtime</c> by default.</summary>
    public string Path { get; set; } = "realtime";

    /// <summary>How many results fal may buffer for this connection, from 1 to 60; fal's own setting by default.</summary>
    public int? MaxBuffering { get; set; }

    /// <summary>
    /// Whether the connection is opened with a short-lived token in its address and not with the key in a header; false by default. Each connection, and each
    /// one after it, gets a token of its own.
    /// </summary>
    public bool UseToken { get; set; }

    /// <summary>Provides the tokens, given the path of the app such as <c>owner/app/realtime</c>; null requests them from fal with the client's key.</summary>
    public Func<string, CancellationToken, Task<string>>? TokenProvider { get; set; }

    /// <summary>How long a requested token is valid: whole seconds; 120 seconds by default. A connection that is open stays open.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromSeconds(120);

    /// <summary>
    /// The least time between two messages that are sent. A message that comes earlier waits, and is dropped when another one comes before it was sent. Zero,
    /// the default, sends every message at once.
    /// </summary>
    public TimeSpan ThrottleInterval { get; set; }

    /// <summary>How long opening a connection may take; 90 seconds by default, because an app may have to start.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>
    /// The longest time in which nothing is received, not even a part of a message, while results are read; infinite by default, because an app sends results
    /// when it has some.
    /// </summary>
    public TimeSpan IdleTimeout { get; set; } = Timeout.InfiniteTimeSpan;

    /// <summary>
    /// The names of members whose texts, <c>data:</c> URIs or base64, are sent as bytes, such as <c>image_bytes</c>; none by default. Most apps take URIs.
    /// </summary>
    public IReadOnlySet<string> BinaryMembers { get; set; } = FrozenSet<string>.Empty;

    internal void Check()
    {
        if (MaxBuffering is < 1 or > 60)
            throw new ArgumentException($"{nameof(MaxBuffering)} must be from 1 to 60.", nameof(MaxBuffering));
        if (TokenLifetime < TimeSpan.FromSeconds(1))
            throw new ArgumentException($"{nameof(TokenLifetime)} must be at least a second.", nameof(TokenLifetime));
        if (ThrottleInterval < TimeSpan.Zero)
            throw new ArgumentException($"{nameof(ThrottleInterval)} must not be negative.", nameof(ThrottleInterval));
        if (ConnectTimeout <= TimeSpan.Zero && ConnectTimeout != Timeout.InfiniteTimeSpan)
            throw new ArgumentException($"{nameof(ConnectTimeout)} must be more than zero.", nameof(ConnectTimeout));
        if (IdleTimeout <= TimeSpan.Zero && IdleTimeout != Timeout.InfiniteTimeSpan)
            throw new ArgumentException($"{nameof(IdleTimeout)} must be more than zero.", nameof(IdleTimeout));
    }
}
