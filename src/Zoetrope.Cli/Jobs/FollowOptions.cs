using Zoetrope.Cli.Output;

namespace Zoetrope.Cli.Jobs;

/// <summary>How a job is followed.</summary>
/// <param name="Timeout">How long to wait; null for the SDK's default.</param>
/// <param name="Output">Where the files of the result go; null saves none.</param>
/// <param name="CancelOnInterrupt">Whether Ctrl+C cancels the job too, instead of leaving it running.</param>
internal sealed record FollowOptions(TimeSpan? Timeout, OutputTarget? Output, bool CancelOnInterrupt);
