namespace Zoetrope.Simulator.Replay;

/// <summary>How a fixture is played back.</summary>
public sealed class ReplayOptions
{
    /// <summary>Whether responses and events come at their recorded times after the request. Default: false, they come at once.</summary>
    public bool OriginalTiming { get; init; }

    /// <summary>The clock of the recorded times. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Receives a line for each request that was not recorded. Default: null, nothing is written.</summary>
    public TextWriter? Log { get; init; }

    /// <summary>
    /// The names whose values were taken out of the recording besides keys, as in <see cref="RecordingOptions.SecretNames"/>: what is sent under them is not
    /// compared, and not shown in messages.
    /// </summary>
    public IReadOnlyList<string> SecretNames { get; init; } = [];
}
