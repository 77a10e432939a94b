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

    /// <summary>
    /// The largest body of a response that is recorded, in bytes; a larger one passes, but cannot be played back. Default: 8 MiB. Bodies of requests that are
    /// neither text nor JSON are never recorded, only their length and their SHA-256.
    /// </summary>
    public int MaxBodyBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>The clock of the recorded times. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
