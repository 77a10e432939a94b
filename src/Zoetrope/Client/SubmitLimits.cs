namespace Zoetrope;

/// <summary>Limits of a provider that the client keeps by waiting, so that jobs are not refused. Null switches a limit off.</summary>
public sealed class SubmitLimits
{
    /// <summary>How many jobs may be submitted in any 60 seconds; at least 1.</summary>
    public int? CreatesPerMinute
    {
        get;
        set => field = OptionChecks.AtLeastOne(value, nameof(CreatesPerMinute));
    }

    /// <summary>How many jobs of this client may be under way at once; at least 1. A job counts until this client sees it end.</summary>
    public int? InFlight
    {
        get;
        set => field = OptionChecks.AtLeastOne(value, nameof(InFlight));
    }

    /// <summary>After how long a job that nobody waits for no longer counts as under way; 15 minutes by default.</summary>
    public TimeSpan InFlightExpiry
    {
        get;
        set => field = OptionChecks.Positive(value, nameof(InFlightExpiry));
    } = TimeSpan.FromMinutes(15);
}
