using Zoetrope.Cli.Output;

namespace Zoetrope.Cli.Jobs;

/// <summary>How a job is followed.</summary>
/// <param name="Timeout">How long to wait; null for the SDK's default.</param>
/// <param name="Output">Where the files of the result go; null saves none.</param>
/// <param name="CancelOnInterrupt">Whether Ctrl+C cancels the job too, instead of leaving it running.</param>
internal sealed record FollowOptions(TimeSpan? Timeout, OutputTarget? Output, bool CancelOnInterrupt)
{
    /// <summary>Whether the result is opened with the program that the system has for it.</summary>
    public bool Opens { get; init; }

    /// <summary>Whether saved images are shown in the terminal.</summary>
    public bool Previews { get; init; }

    /// <summary>Reads the options, before anything is sent.</summary>
    /// <exception cref="UsageException">They do not go together, or the output cannot be written to.</exception>
    public static FollowOptions Read(TimeSpan? timeout, string? output, bool cancelOnInterrupt, bool opens, bool previews)
    {
        if (previews && output is null)
            throw new UsageException("--preview: needs --output");
        return new(timeout, output is null ? null : OutputTarget.Parse(output), cancelOnInterrupt) { Opens = opens, Previews = previews };
    }
}
