namespace Zoetrope.Time;

/// <summary>Compares durations.</summary>
internal static class Durations
{
    /// <summary>The shorter of two durations.</summary>
    public static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
