namespace Zoetrope.Validation;

/// <summary>Limits of a file input, as fal's documents write them (<c>x-fal</c>). They are checked where the input is a <c>data:</c> URI.</summary>
public readonly record struct FileRule
{
    /// <summary>The largest size in bytes.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>The least width in pixels.</summary>
    public int? MinWidth { get; init; }

    /// <summary>The least height in pixels.</summary>
    public int? MinHeight { get; init; }

    /// <summary>The greatest width in pixels.</summary>
    public int? MaxWidth { get; init; }

    /// <summary>The greatest height in pixels.</summary>
    public int? MaxHeight { get; init; }

    /// <summary>The least width divided by height.</summary>
    public double? MinAspectRatio { get; init; }

    /// <summary>The greatest width divided by height.</summary>
    public double? MaxAspectRatio { get; init; }

    internal bool HasPixelLimits =>
        MinWidth is not null || MaxWidth is not null || MinHeight is not null || MaxHeight is not null || MinAspectRatio is not null || MaxAspectRatio is not null;
}
