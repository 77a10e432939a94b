namespace Zoetrope.Specs.Model;

/// <summary>What a provider asks of a file that an input points to (fal's <c>x-fal</c>).</summary>
public sealed record FileLimits
{
    /// <summary>Greatest size in bytes.</summary>
    public long? MaxFileSize { get; init; }

    /// <summary>Least width in pixels.</summary>
    public int? MinWidth { get; init; }

    /// <summary>Greatest width in pixels.</summary>
    public int? MaxWidth { get; init; }

    /// <summary>Least height in pixels.</summary>
    public int? MinHeight { get; init; }

    /// <summary>Greatest height in pixels.</summary>
    public int? MaxHeight { get; init; }

    /// <summary>Least width divided by height, in the document's spelling.</summary>
    public string? MinAspectRatio { get; init; }

    /// <summary>Greatest width divided by height, in the document's spelling.</summary>
    public string? MaxAspectRatio { get; init; }

    /// <summary>Least duration in seconds, in the document's spelling.</summary>
    public string? MinDuration { get; init; }

    /// <summary>Greatest duration in seconds, in the document's spelling.</summary>
    public string? MaxDuration { get; init; }

    /// <summary>Least number of frames in a second, in the document's spelling.</summary>
    public string? MinFrameRate { get; init; }

    /// <summary>Greatest number of frames in a second, in the document's spelling.</summary>
    public string? MaxFrameRate { get; init; }

    /// <summary>The only formats, each by one name (<c>jpeg</c> is <c>jpg</c> too); empty where any is taken.</summary>
    public EquatableArray<string> Formats { get; init; }
}
