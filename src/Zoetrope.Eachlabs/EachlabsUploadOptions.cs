using Zoetrope.Uploads;

namespace Zoetrope.Eachlabs;

/// <summary>The options of an upload to Eachlabs.</summary>
public sealed class EachlabsUploadOptions : UploadOptions
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(31_536_000);

    /// <summary>How long the file is kept, in whole seconds from a minute to a year; null, the default, means Eachlabs' own 180 days.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is shorter or longer, or not whole seconds.</exception>
    public TimeSpan? ExpiresAfter
    {
        get;
        set => field = value is null || (value >= Shortest && value <= Longest && value.Value.Ticks % TimeSpan.TicksPerSecond == 0)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(ExpiresAfter), value, "A file is kept for whole seconds from a minute to a year.");
    }
}
