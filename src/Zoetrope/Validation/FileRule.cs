namespace Zoetrope.Validation;

/// <summary>
/// The limits of a file input in fal's specifications (<c>x-fal</c>). They are checked where the input is a <c>data:</c> URI or a local file that the submit
/// uploads; those of videos where it is a local MP4 or MOV file.
/// </summary>
public sealed class FileRule
{
    /// <summary>The maximum size in bytes.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>The minimum width in pixels.</summary>
    public int? MinWidth { get; init; }

    /// <summary>The minimum height in pixels.</summary>
    public int? MinHeight { get; init; }

    /// <summary>The maximum width in pixels.</summary>
    public int? MaxWidth { get; init; }

    /// <summary>The maximum height in pixels.</summary>
    public int? MaxHeight { get; init; }

    /// <summary>The minimum ratio of width to height.</summary>
    public double? MinAspectRatio { get; init; }

    /// <summary>The maximum ratio of width to height.</summary>
    public double? MaxAspectRatio { get; init; }

    /// <summary>The minimum duration in seconds.</summary>
    public double? MinDuration { get; init; }

    /// <summary>The maximum duration in seconds.</summary>
    public double? MaxDuration { get; init; }

    /// <summary>The minimum number of frames in a second.</summary>
    public double? MinFrameRate { get; init; }

    /// <summary>The maximum number of frames in a second.</summary>
    public double? MaxFrameRate { get; init; }

    internal bool HasPixelLimits =>
        MinWidth is not null
            || MaxWidth is not null
            || MinHeight is not null
            || MaxHeight is not null
            || MinAspectRatio is not null
            || MaxAspectRatio is not null;
}
