namespace Zoetrope.Simulator.Replay;

/// <summary>What a <see cref="RecordingHandler"/> takes out of its recording besides keys, and how much it keeps.</summary>
public sealed class RecordingOptions
{
    /// <summary>
    /// Values that must not be in the recording, such as the name or the e-mail address of a person: each is replaced wherever it occurs, also in percent
    /// encoding, in JSON escapes and in base64. Default: none. The values of keys, tokens and signatures are taken out without being named here.
    /// </summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>
    /// Names of headers, of parameters in a query and of JSON members whose values must not be in the recording, whatever they are; case and the characters
    /// <c>-</c> and <c>_</c> do not matter. Default: none, besides those that hold keys, tokens, signatures, passwords and cookies.
    /// </summary>
    public IReadOnlyList<string> SecretNames { get; init; } = [];

    internal const int DefaultMaxBodyBytes = 8 * 1024 * 1024;

    /// <summary>
    /// The largest body that is recorded, in bytes. Default: 8 MiB. A larger response passes, but is not played back; of a larger request the length and the
    /// SHA-256 are recorded, and the same bytes must be sent when it is played back. Bodies of requests that are neither text nor JSON, and files in forms, are
    /// always recorded so.
    /// </summary>
    public int MaxBodyBytes { get; init; } = DefaultMaxBodyBytes;

    /// <summary>The clock of the recorded times. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
