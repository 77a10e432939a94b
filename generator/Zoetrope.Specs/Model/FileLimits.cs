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

    /// <summary>Least frames a second, in the document's spelling.</summary>
    public string? MinFps { get; init; }

    /// <summary>Greatest frames a second, in the document's spelling.</summary>
    public string? MaxFps { get; init; }

    /// <summary>How long the service tries to fetch the file, in seconds, in the document's spelling.</summary>
    public string? Timeout { get; init; }
}
