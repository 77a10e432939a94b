namespace Zoetrope.Providers;

/// <summary>The time between polls: it starts at <paramref name="Initial"/> and grows by half with each poll, up to <paramref name="Maximum"/>.</summary>
/// <param name="Initial">The time before the second poll; the first is immediate.</param>
/// <param name="Maximum">The maximum time between two polls.</param>
public sealed record PollSchedule(TimeSpan Initial, TimeSpan Maximum);
