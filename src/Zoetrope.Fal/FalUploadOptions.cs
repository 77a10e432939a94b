using Zoetrope.Uploads;

namespace Zoetrope.Fal;

/// <summary>The options of an upload to fal.</summary>
public sealed class FalUploadOptions : UploadOptions
{
    private const long SmallestPart = 5L * 1024 * 1024;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_525);

    /// <summary>The way that is tried first; <see cref="FalUploadRoute.Presigned"/> by default.</summary>
    public FalUploadRoute Route { get; set; }

    /// <summary>
    /// Whether the other way is tried when the first has surely stored nothing; true by default. A failure that leaves that open, a refused key and a file
    /// in parts are final.
    /// </summary>
    public bool Fallback { get; set; } = true;

    /// <summary>
    /// How long the file is kept, in whole seconds; null, the default, means the setting of the account, which is for ever unless it was changed.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than a second or more than a century, or not whole seconds.</exception>
    public TimeSpan? ExpiresAfter
    {
        get;
        set => field = value is null || (value >= TimeSpan.FromSeconds(1) && value <= Longest && value.Value.Ticks % TimeSpan.TicksPerSecond == 0)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(ExpiresAfter), value, "A file is kept for whole seconds, at least one and at most a century.");
    }

    /// <summary>Who may read the file; null, the default, means the setting of the account, which is everybody unless it was changed.</summary>
    public FalFileAcl? Acl { get; set; }

    /// <summary>
    /// The size in bytes above which a file is sent in parts; null, the default, means what fal documents: 90 MiB for <see cref="FalUploadRoute.Presigned"/>
    /// and 100 MiB for <see cref="FalUploadRoute.Cdn"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public long? PartsAbove
    {
        get;
        set => field = value is not < 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(PartsAbove), value, "The size above which a file is sent in parts cannot be negative.");
    }

    /// <summary>The size of a part in bytes; 10 MiB by default, at least 5 MiB, the least that such storage takes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 5 MiB.</exception>
    public long PartBytes
    {
        get;
        set => field = value >= SmallestPart
            ? value
            : throw new ArgumentOutOfRangeException(nameof(PartBytes), value, $"A part has at least {SmallestPart} bytes.");
    } = 10L * 1024 * 1024;

    /// <summary>How many parts are sent at a time; 4 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int PartsAtOnce
    {
        get;
        set => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(PartsAtOnce), value, "At least one part is sent at a time.");
    } = 4;
}

/// <summary>The ways to upload a file to fal.</summary>
public enum FalUploadRoute
{
    /// <summary>fal names an address with a signature, which takes the content without a key.</summary>
    Presigned,

    /// <summary>fal's CDN takes the content with a token, which the key gives.</summary>
    Cdn,
}
