namespace Zoetrope.Formats;

/// <summary>What the header of an image or of a video says.</summary>
/// <param name="Width">The width in pixels; 0 where it is not known.</param>
/// <param name="Height">The height in pixels; 0 where it is not known.</param>
/// <param name="Duration">The duration in seconds; null for images, and where it is not known.</param>
/// <param name="FrameRate">The average number of frames in a second; null for images, and where it is not known.</param>
internal readonly record struct MediaHeader(int Width, int Height, double? Duration = null, double? FrameRate = null)
{
    // The size of a JPEG comes after its metadata, which may contain a preview and a color profile.
    private const int LongestStart = 192 * 1024;

    /// <summary>Reads the header of a PNG, JPEG, GIF or WebP image, or of an MP4 or MOV video, without reading the rest; null where there is none.</summary>
    /// <param name="file">The file, at its beginning. It must be able to seek.</param>
    public static MediaHeader? Read(Stream file)
    {
        var start = new byte[(int)Math.Min(LongestStart, file.Length - file.Position)];
        var origin = file.Position;
        var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        var bytes = start.AsSpan(0, length);
        if (ImageHeader.TryRead(bytes, out var width, out var height))
            return new(width, height);
        return MovieHeader.IsOne(bytes) ? MovieHeader.Read(file, origin) : null;
    }
}
