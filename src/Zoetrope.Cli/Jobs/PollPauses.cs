using Zoetrope.Providers;

namespace Zoetrope.Cli.Jobs;

/// <summary>How the pauses between polls grow, as <see cref="PollSchedule"/> documents it.</summary>
internal static class PollPauses
{
    private const double Growth = 1.5;

    /// <summary>The pause after another one: longer by half, up to the longest.</summary>
    public static TimeSpan After(TimeSpan pause, TimeSpan longest) => pause * Growth < longest ? pause * Growth : longest;
}
